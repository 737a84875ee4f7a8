import { EventStream } from "./events.js";
import { RateLimited, Unavailable, WaitedTooLong } from "./problems.js";
import { sleep } from "./requests.js";

const LOOK = 5_000; // Who waits for a moment only still wants to know how it is.

/** After how many milliseconds it is looked at though nothing was heard: what changes without a move is no event. */
export const LOOKS = { followed: 2_000, alone: 500 };

/** Looks at once, whenever the resource moves, and now and then, until it is so. */
export async function wait(requests, { look, resource, so, over, words, timeout }) {
  const until = performance.now() + timeout;
  let last;
  let stirring;
  try {
    for (;;) {
      try {
        last = await look(Math.max(LOOK, until - performance.now()));
        if (so(last)) {
          return last;
        }
        over(last);
        stirring ??= new Stirring(requests, resource(last));
      } catch (e) {
        // An API that is started anew is no end of waiting.
        if (!(e instanceof Unavailable || e instanceof RateLimited)) {
          throw e;
        }
      }
      const left = until - performance.now();
      if (left <= 0) {
        const told = last ? words(last) : "nobody knows how it is: the API is away";
        throw new WaitedTooLong(`after ${timeout} ms: ${told}`, last);
      }
      await (stirring ? stirring.wait(left) : sleep(Math.min(left, LOOKS.alone)));
    }
  } finally {
    stirring?.close();
  }
}

/** Says when it is worth looking again: once the stream is open, and at each of its events. */
class Stirring {
  #stream;
  #stirred = false;
  #followed = false;
  #wake = () => {};

  constructor(requests, resource) {
    this.#stream = new EventStream(requests, resource);
    this.#read();
  }

  async #read() {
    try {
      await this.#stream.begin();
      this.#followed = true;
      this.#stir();
      for await (const _ of this.#stream) {
        this.#stir();
      }
    } catch {
      // Too many streams, a proxy that allows none: it is asked instead.
    }
    this.#followed = false;
  }

  #stir() {
    this.#stirred = true;
    this.#wake();
  }

  async wait(left) {
    if (!this.#stirred) {
      await new Promise((done) => {
        const timer = setTimeout(done, Math.min(left, this.#followed ? LOOKS.followed : LOOKS.alone));
        this.#wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    this.#stirred = false;
  }

  close() {
    this.#stream.close();
  }
}
