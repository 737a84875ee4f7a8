"use strict";

// Keeps a page up to date while somebody looks at it: it is read again when what it shows has moved, and
// from time to time all the same, since not everything that changes is a move. Without this script a page
// shows what was so when it was opened.

const AGAIN = 10_000; // ms after which a page is read again though nothing was heard
const REST = 1_000; // ms between two readings at the least
const SHARE = 10; // a reading takes a tenth of the time at the most
const LATE = 20_000; // ms after which a reading is given up

const stale = document.getElementById("stale");
let source = null;
let reading = false;
let moved = false;
let timer = 0;
let rested = 0; // when the next reading may begin

function plan(ms) {
  clearTimeout(timer);
  timer = setTimeout(read, ms);
}

function shown() {
  return document.querySelector("main[data-events]");
}

// What somebody is about to fill in, or has marked, is not taken from them.
function inUse(main) {
  const at = document.activeElement;
  return (at && main.contains(at) && at.matches("input, select, textarea")) || !getSelection().isCollapsed;
}

function replace(main, now) {
  if (main.innerHTML === now.innerHTML) {
    return;
  }
  const open = [...main.querySelectorAll("details")].map((one) => one.open);
  const at = [...main.querySelectorAll("a, summary")].indexOf(document.activeElement);
  main.replaceWith(document.adoptNode(now));
  [...now.querySelectorAll("details")].forEach((one, i) => (one.open = open[i] ?? false));
  [...now.querySelectorAll("a, summary")][at]?.focus({ preventScroll: true });
}

async function read() {
  const main = shown();
  if (document.hidden || reading) {
    return;
  }
  if (inUse(main)) {
    plan(REST);
    return;
  }
  reading = true;
  moved = false;
  const begun = performance.now();
  let known = false;
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: "text/html" },
      cache: "no-store",
      signal: AbortSignal.timeout(LATE),
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("main[data-events]");
    if (now && answer.ok) {
      known = true;
      if (!inUse(main)) {
        replace(main, now);
      }
    } else if (answer.redirected || answer.status === 403 || answer.status === 404) {
      location.reload(); // Signed out, or what it shows is not there any more.
      return;
    }
  } catch {
    // Nobody answers: it is said below, and asked again.
  } finally {
    reading = false;
  }
  stale.hidden = known;
  const rest = Math.max(REST, SHARE * (performance.now() - begun));
  rested = performance.now() + rest;
  plan(moved && known ? rest : Math.max(AGAIN, rest));
}

function heard() {
  if (reading) {
    moved = true;
  } else if (!moved) {
    moved = true;
    plan(Math.max(REST, rested - performance.now()));
  }
}

// A browser has few connections to one server: only the page that is looked at keeps one.
function follow(ms) {
  source?.close();
  source = null;
  clearTimeout(timer);
  if (document.hidden) {
    return;
  }
  const events = shown().dataset.events;
  if (events) {
    source = new EventSource(events);
    for (const name of ["moved", "alarm", "reset"]) {
      source.addEventListener(name, heard);
    }
    source.addEventListener("error", () => stale.hidden && heard());
    source.addEventListener("open", () => stale.hidden || heard());
  }
  moved = false;
  plan(ms);
}

if (shown()) {
  document.addEventListener("visibilitychange", () => follow(0));
  follow(AGAIN);
}
