// Node 18 has it in a module only; a browser has randomUUID only where the page came over https.
const crypto = globalThis.crypto ?? (await import("node:crypto")).webcrypto;

/** 128 random bits as text. */
export function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
