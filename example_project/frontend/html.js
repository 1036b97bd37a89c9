/** HTML as a value: what is put into it is escaped, unless it is such a value itself. */

/** @type {Record<string, string>} */
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export class Html {
  /** @param {string} text finished HTML */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/**
 * What can be put into `html`: nothing is drawn for null, undefined and booleans, the parts of a list one after the other.
 * @typedef {Html | string | number | boolean | null | undefined | readonly Html[]} Part
 */

/**
 * @param {TemplateStringsArray} strings
 * @param {...Part} parts
 */
export function html(strings, ...parts) {
  return new Html(strings.reduce((before, after, index) => before + draw(parts[index - 1]) + after));
}

/** @param {Part} part @returns {string} */
function draw(part) {
  if (part === null || part === undefined || typeof part === "boolean") return "";
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(draw).join("");
  return String(part).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");
}

/**
 * HTML that the CMS has cleaned: rich text, and the paragraphs and links of a comment.
 * @param {string} text
 */
export function fromCms(text) {
  return new Html(text);
}

/**
 * JSON for a script element that only holds data; no text can end the element.
 * @param {unknown} value
 */
export function data(value) {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return new Html(json);
}
