/** A front end for a wagtail-massage site: node server.js. README.md names the variables that it reads. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { Cms, Problem } from "./cms.js";
import * as pages from "./pages.js";
import { isSigned } from "./webhook.js";

/** @typedef {import("wagtail-massage/api").components["schemas"]} Schemas */
/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

const PORT = Number(process.env["PORT"] ?? 3000);
const CMS = (process.env["CMS"] ?? "http://localhost:8000").replace(/\/$/, "");
const ORIGIN = (process.env["ORIGIN"] ?? `http://localhost:${PORT}`).replace(/\/$/, "");
const SECRET = process.env["WEBHOOK_SECRET"] ?? "";
const NEWS_MAX = 64 * 1024; // bytes

const here = (/** @type {string} */ name) => new URL(name, import.meta.url);
const ELEMENT = process.env["ELEMENT"] ?? here("massage-comments.min.js");

const cms = new Cms(CMS);
const place = {
  name: process.env["SITE_NAME"] ?? "Otterfold",
  origin: ORIGIN,
  cms: CMS,
  absolute: (/** @type {string} */ address) => cms.absolute(address),
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' ${CMS}`,
  `connect-src 'self' ${CMS}`,
  `form-action 'self' ${CMS}`,
  `frame-ancestors 'self' ${CMS}`, // the CMS shows previews in a frame
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

// Wagtail's user bar, which checks a draft for the editor, brings scripts and styles of the CMS.
const PREVIEW_POLICY = [
  "default-src 'none'",
  `script-src 'self' ${CMS}`,
  `style-src 'self' 'unsafe-inline' ${CMS}`,
  `font-src ${CMS}`,
  `img-src 'self' data: ${CMS}`,
  `connect-src 'self' ${CMS}`,
  "form-action 'none'",
  `frame-ancestors 'self' ${CMS}`,
  "base-uri 'none'",
].join("; ");

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    if (!(error instanceof Problem)) console.error(error);
    const status = error instanceof Problem ? error.status : 502;
    send(response, request, status === 404 ? 404 : 502, pages.refusal(place, status, words(error)));
  });
});

/** @param {unknown} error */
function words(error) {
  return error instanceof Problem ? error.message : "The site does not answer. Please try again in a moment.";
}

/** @param {Request} request @param {Response} response */
async function answer(request, response) {
  const url = new URL(request.url ?? "/", ORIGIN);
  if (request.method === "POST" && url.pathname === "/hooks/massage") return news(request, response);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  if (url.pathname === "/site.css") return file(request, response, here("site.css"), "text/css");
  if (url.pathname === "/massage-comments.js") return file(request, response, ELEMENT, "text/javascript");
  if (url.pathname === "/favicon.ico") return void response.writeHead(204).end();
  if (url.pathname === "/preview") return preview(request, response, url.searchParams.get("token") ?? "");
  if (url.pathname === "/") return index(request, response);
  return page(request, response, url);
}

/** @param {Request} request @param {Response} response */
async function index(request, response) {
  const [treatments, articles] = await Promise.all([
    /** @type {Promise<Schemas["MassageTreatmentList"]>} */ (cms.get("treatments/?limit=12")),
    /** @type {Promise<Schemas["MassageBenefitListList"]>} */ (cms.get("benefit-lists/?limit=12")),
  ]);
  send(response, request, 200, pages.index(place, treatments, articles));
}

/** @param {Request} request @param {Response} response @param {URL} url */
async function page(request, response, url) {
  /** @type {Schemas["MassageRoute"]} */
  const route = await cms.get(`route/?path=${encodeURIComponent(url.pathname)}`);
  if (route.kind === "redirect") {
    const to = new URL(route.location, CMS);
    const location = to.origin === CMS ? to.pathname + to.search + to.hash : to.href;
    response.writeHead(route.is_permanent ? 301 : 302, { Location: location }).end();
    return;
  }
  const said = url.searchParams.get("massage-comment") ?? "";
  send(response, request, 200, pages.page(place, route.page, await thread(route.page), { said }));
}

/** @param {pages.Page} page @returns {Promise<pages.Thread | null>} */
async function thread(page) {
  if (!page.comments) return null;
  const [part, policy] = await Promise.all([
    /** @type {Promise<Schemas["MassageCommentThreadPart"]>} */ (cms.get(`pages/${page.id}/comments/`)),
    /** @type {Promise<Schemas["MassageCommentPolicy"]>} */ (cms.get(`pages/${page.id}/comment-policy/`)),
  ]);
  return { part, policy };
}

/** @param {Request} request @param {Response} response @param {string} token */
async function preview(request, response, token) {
  const query = `token=${encodeURIComponent(token)}`;
  const [draft, userBar] = await Promise.all([
    /** @type {Promise<pages.Page>} */ (cms.getPrivate(`preview/?${query}`)),
    cms.getPrivateHtml(`preview/user-bar/?${query}`),
  ]);
  response.setHeader("Cache-Control", "private, no-store");
  response.setHeader("Referrer-Policy", "no-referrer");
  send(response, request, 200, pages.page(place, draft, null, { isDraft: true, userBar }), PREVIEW_POLICY);
}

/** The CMS says what has changed. @param {Request} request @param {Response} response */
async function news(request, response) {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
    if (body.length > NEWS_MAX) {
      response.writeHead(413, { Connection: "close" }).end();
      return;
    }
  }
  if (!isSigned(request.headers, body, SECRET)) {
    response.writeHead(401).end();
    return;
  }
  const { tags } = JSON.parse(body);
  cms.purge(Array.isArray(tags) ? tags.map(String) : []);
  response.writeHead(204).end();
}

/** @param {Request} request @param {Response} response @param {URL | string} path @param {string} type */
function file(request, response, path, type) {
  put(response, request, 200, readFileSync(path), `${type}; charset=utf-8`);
}

/** @param {Response} response @param {Request} request @param {number} status @param {import("./html.js").Html} page @param {string} policy */
function send(response, request, status, page, policy = POLICY) {
  response.setHeader("Content-Security-Policy", policy);
  put(response, request, status, Buffer.from(page.text), "text/html; charset=utf-8");
}

/** @param {Response} response @param {Request} request @param {number} status @param {Buffer} body @param {string} type */
function put(response, request, status, body, type) {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-cache"); // kept, but asked for again
  response.setHeader("ETag", etag);
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (status === 200 && request.headers["if-none-match"] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, { "Content-Type": type, "Content-Length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}

server.listen(PORT, "127.0.0.1", () => console.log(`Front end: ${ORIGIN}/`));
