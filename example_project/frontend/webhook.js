/** Is a message really from the CMS? https://www.standardwebhooks.com: a keyed digest of id, time and body. */

import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE = 5 * 60; // seconds between their clock and ours

/**
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {string} body
 * @param {string} secret "whsec_" and base64
 */
export function isSigned(headers, body, secret, now = Date.now() / 1000) {
  const id = String(headers["webhook-id"] ?? "");
  const sent = String(headers["webhook-timestamp"] ?? "");
  if (!secret || !id || !/^\d{1,12}$/.test(sent) || Math.abs(now - Number(sent)) > TOLERANCE) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${sent}.${body}`).digest();
  const signatures = String(headers["webhook-signature"] ?? "").split(" ");
  return signatures.some((signature) => {
    const [version, digest = ""] = signature.split(",");
    const given = Buffer.from(digest, "base64");
    return version === "v1" && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
