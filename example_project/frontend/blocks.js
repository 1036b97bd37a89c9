/** The blocks of a body as HTML: one function for each kind, and the compiler knows when one is missing. */

import { fromCms, html } from "./html.js";

/** @typedef {import("wagtail-massage/api").components["schemas"]} Schemas */
/** @typedef {Schemas["MassageBenefitListDetail"]["body"][number]} Block */
/** @typedef {(address: string) => string} Absolute */
/** @typedef {import("./html.js").Html} Html */

/**
 * @param {readonly Block[]} blocks
 * @param {Absolute} absolute turns an image's address into one that works from here
 * @returns {Html}
 */
export function body(blocks, absolute) {
  return html`${blocks.map((block) => draw(block, absolute))}`;
}

/** @param {Block} block @param {Absolute} absolute @returns {Html} */
function draw(block, absolute) {
  switch (block.type) {
    case "text":
      return fromCms(block.value.html);
    case "heading":
      return html`<h2>${block.value.heading}</h2>`;
    case "image":
      return figure(block.value, absolute);
    case "quote":
      return quote(block.value);
    case "callout":
      return callout(block.value);
    case "benefit_list":
      return list(block.value, absolute);
    default:
      return unknown(block);
  }
}

/** A kind that is newer than this front end: nothing is shown, and the compiler complains. @param {never} _block */
function unknown(_block) {
  return html``;
}

/**
 * @param {Schemas["ImageObject"] | null} image
 * @param {Absolute} absolute
 * @param {{ sizes?: string, eager?: boolean }} [how]
 */
export function picture(image, absolute, { sizes = "(min-width: 44rem) 41rem, 100vw", eager = false } = {}) {
  if (!image?.src) return html``;
  const sources = image.sources.map(
    ({ type, srcset }) => html`<source type="${type}" srcset="${fromHere(srcset, absolute)}" sizes="${sizes}">`,
  );
  const loading = eager ? html`fetchpriority="high"` : html`loading="lazy"`;
  // Width and height keep the place, so that nothing jumps when the image arrives.
  return html`<picture>${sources}<img src="${absolute(image.src)}" alt="${image.alt}" width="${image.width}" height="${image.height}" ${loading} decoding="async"></picture>`;
}

/** @param {string} srcset @param {Absolute} absolute */
function fromHere(srcset, absolute) {
  return srcset.split(", ").map((one) => one.replace(/^\S+/, absolute)).join(", ");
}

/** @param {Schemas["MassageImageValue"]} value @param {Absolute} absolute */
function figure({ image, caption, credit }, absolute) {
  const words = [caption, credit].filter(Boolean).join(" · ");
  return html`<figure>${picture(image, absolute)}${words && html`<figcaption>${words}</figcaption>`}</figure>`;
}

/** @param {Schemas["MassageQuoteValue"]} value */
function quote({ quote, attribution }) {
  return html`<figure class="quote"><blockquote><p>${quote}</p></blockquote>${attribution && html`<figcaption>${attribution}</figcaption>`}</figure>`;
}

/** @param {Schemas["MassageCalloutValue"]} value */
function callout({ title, kind, html: text }) {
  return html`<aside class="callout" data-kind="${kind}">${title && html`<p><strong>${title}</strong></p>`}${fromCms(text)}</aside>`;
}

/** @param {Schemas["MassageBenefitListValue"]} value @param {Absolute} absolute */
function list(value, absolute) {
  const benefits = value.benefits.map((block) => benefit(block.value, absolute));
  return html`${value.heading && html`<h2>${value.heading}</h2>`}
${value.lead_in && html`<p class="lead-in">${value.lead_in}</p>`}
<div class="benefits">${benefits}</div>`;
}

/** @param {Schemas["MassageBenefitValue"]} value @param {Absolute} absolute */
function benefit(value, absolute) {
  const number = value.number !== null && html`<span class="number">${value.number}.</span> `;
  const aliases = value.aliases.map((alias) => html`<span id="${alias}"></span>`); // old addresses go on working
  return html`<section class="benefit" id="${value.anchor}" aria-labelledby="${value.anchor}-title">${aliases}
<h2 id="${value.anchor}-title">${number}${value.heading}</h2>
${value.summary && html`<p class="summary">${value.summary}</p>`}
${picture(value.image, absolute)}
${body(value.body, absolute)}</section>`;
}
