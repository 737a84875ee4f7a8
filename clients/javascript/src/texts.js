import { FREE, TIMES } from "./contract.js";
import { random } from "./random.js";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(\.\d+)?([eE][+-]?\d+)?/g;
const MARK = "number " + random(); // Nobody else's text has it.

/** Times as Dates (to the millisecond), what users' types hold with every digit. */
export function read(text) {
  // JSON.parse makes doubles of all numbers: one that would lose something is hidden from it.
  const marked = text.replace(TOKEN, (token, fraction, exponent) => {
    const exact = !fraction && !exponent && Number.isSafeInteger(Number(token));
    return token.startsWith('"') || exact ? token : `{"${MARK}":"${token}"}`;
  });
  return typed(JSON.parse(marked), "");
}

/** Takes also what JSON lacks. Throws TypeError for what cannot be sent. */
export function write(value) {
  const text = JSON.stringify(value, (name, one) => {
    if (typeof one === "bigint") {
      return MARK + one;
    }
    if (typeof one === "number" && !Number.isFinite(one)) {
      throw new TypeError(`${name}: ${one} cannot be sent as JSON`);
    }
    return one instanceof Set ? [...one] : one;
  });
  return text.replace(new RegExp(`"${MARK}(-?\\d+)"`, "g"), "$1");
}

/** A time as it is sent; all else as it is. */
export function timeText(value) {
  return value instanceof Date ? value.toISOString() : value;
}

function typed(value, name) {
  if (Array.isArray(value)) {
    return value.map((one) => (FREE.has(name) && !isObject(one) ? untouched(one) : typed(one, "")));
  }
  if (value !== null && typeof value === "object") {
    if (MARK in value) {
      return number(value[MARK], FREE.has(name));
    }
    for (const key of Object.keys(value)) {
      value[key] = FREE.has(name) ? untouched(value[key]) : typed(value[key], key);
    }
    return value;
  }
  return typeof value === "string" && TIMES.has(name) && TIME.test(value) ? new Date(value) : value;
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(MARK in value);
}

function untouched(value) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (MARK in value) {
    return number(value[MARK], true);
  }
  for (const key of Object.keys(value)) {
    value[key] = untouched(value[key]);
  }
  return value;
}

function number(digits, free) {
  if (/^-?\d+$/.test(digits)) {
    return BigInt(digits);
  }
  return free ? digits : Number(digits);
}
