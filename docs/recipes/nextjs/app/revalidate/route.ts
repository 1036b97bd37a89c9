import { createHmac, timingSafeEqual } from "node:crypto";
import { revalidateTag } from "next/cache";

/** The CMS posts here what has changed. Enter this address under Webhooks in the admin. */
export async function POST(request: Request) {
  const body = await request.text();
  if (!isSigned(request.headers, body)) return new Response(null, { status: 401 });
  const { tags } = JSON.parse(body) as { tags: string[] };
  // The first visitor after this may still get the old page, while the new one is made.
  for (const tag of tags) revalidateTag(tag, "max");
  return new Response(null, { status: 204 });
}

function isSigned(headers: Headers, body: string) {
  const [id, sent] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
  if (!id || !sent || Math.abs(Date.now() / 1000 - Number(sent)) > 300) return false;
  const key = Buffer.from((process.env.WEBHOOK_SECRET ?? "").replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${sent}.${body}`).digest();
  return (headers.get("webhook-signature") ?? "").split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
