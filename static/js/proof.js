// The number that the server asks for instead of a captcha (consultations/answering/proof_of_work.py),
// found in small pieces, so that the page never stands still. Without the means to, nothing is ever
// found, and the server asks for a longer wait instead.
"use strict";

window.proof = function (task, wanted) {
  const PIECE = 250; // attempts at a time

  function zeroBits(bytes) {
    let bits = 0;
    for (const byte of bytes) {
      if (byte === 0) { bits += 8; continue; }
      return bits + Math.clz32(byte) - 24;
    }
    return bits;
  }

  async function solve() {
    const encoder = new TextEncoder();
    for (let number = 0; ; number += PIECE) {
      const tried = Array.from({ length: PIECE }, (_, step) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${task}:${number + step}`)));
      const hit = (await Promise.all(tried)).findIndex((digest) => zeroBits(new Uint8Array(digest)) >= wanted);
      if (hit >= 0) return number + hit;
      await new Promise((done) => setTimeout(done));
    }
  }

  return window.crypto && crypto.subtle ? solve() : new Promise(() => {});
};
