import { unreachable } from "./problems.js";

const MOST_BYTES = 64 << 20;

/** Where the API is, who asks, and how a request gets there. */
export class Connection {
  #key;
  #fetch;

  constructor({ url, key, timeout, fetch, allowHttp }) {
    const parsed = parse(url);
    if (parsed.username || parsed.password) {
      throw new TypeError("the URL has a user in it: give the key as key");
    }
    if (parsed.protocol === "http:" && !loopback(parsed.hostname) && !allowHttp) {
      throw new TypeError(
        `the key would travel unencrypted to ${parsed.hostname}: use https, or say allowHttp: true`,
      );
    }
    if (typeof key !== "string" || !/^[!-~]+$/.test(key)) {
      throw new TypeError("the key has to be printable ASCII without spaces");
    }
    this.url = parsed.origin + parsed.pathname.replace(/\/+$/, "");
    this.timeout = timeout;
    this.#key = key;
    this.#fetch = fetch;
  }

  /** Sends a request, and hears the head of its answer. Fails with Unreachable where there is none. */
  async open(method, target, headers, body, signal) {
    try {
      return await this.#fetch(this.url + target, {
        method,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          Authorization: "Bearer " + this.#key,
        },
        body,
        signal,
        redirect: "error", // It would take the key along.
        credentials: "omit",
        cache: "no-store",
      });
    } catch (e) {
      throw unreachable(this.url, signal.aborted ? signal.reason : e);
    }
  }

  /** The whole answer, within so many milliseconds. Fails with Unreachable where there is none. */
  async send(method, target, headers, body, within) {
    const gaveUp = new AbortController();
    const most = Math.min(within, this.timeout);
    const timer = setTimeout(() => gaveUp.abort(new Error(`nothing within ${most} ms`)), most);
    try {
      const response = await this.open(method, target, headers, body, gaveUp.signal);
      try {
        return { status: response.status, headers: response.headers, body: await whole(response) };
      } catch (e) {
        throw unreachable(this.url, gaveUp.signal.aborted ? gaveUp.signal.reason : e);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The text of an answer, as much as there may be. */
export async function whole(response) {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader.read()) {
    size += piece.value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new Error(`an answer of more than ${MOST_BYTES} bytes`);
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(url) {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === "http:" || parsed.protocol === "https:") {
      return parsed;
    }
  } catch {
    // Said below, without what was given: it may have a secret in it.
  }
  throw new TypeError("url: the URL of an API is expected, such as http://127.0.0.1:8080");
}

function loopback(host) {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
