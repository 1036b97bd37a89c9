/** Reads the CMS, and keeps what was read until it is too old or a webhook says that it has changed. */

const KEPT = 500; // answers
const PATIENCE = 5000; // milliseconds

/** What the CMS refuses, as RFC 9457 has it. */
export class Problem extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** @typedef {{ data: unknown, etag: string | null, tags: string[], freshUntil: number }} Kept */

export class Cms {
  /** @type {Map<string, Kept>} */
  #kept = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  #asked = new Map();
  #purges = 0;

  /** @param {string} origin such as "http://localhost:8000" */
  constructor(origin) {
    this.origin = origin;
  }

  /**
   * Returns what the API has at `path`; everybody who asks at the same time waits for one answer.
   * @template T
   * @param {string} path below /api/massage/v1/
   * @returns {Promise<T>}
   */
  get(path) {
    const kept = this.#kept.get(path);
    if (kept && kept.freshUntil > Date.now()) return Promise.resolve(/** @type {T} */ (kept.data));
    const asked = this.#asked.get(path) ?? this.#fetch(path, kept);
    if (!this.#asked.has(path)) {
      this.#asked.set(path, asked);
      asked.catch(() => undefined).finally(() => this.#asked.delete(path));
    }
    return /** @type {Promise<T>} */ (asked);
  }

  /**
   * Returns what only one reader may see. It is never kept.
   * @template T
   * @param {string} path
   * @returns {Promise<T>}
   */
  async getPrivate(path) {
    const response = await this.#ask(path, {});
    return /** @type {Promise<T>} */ (response.json());
  }

  /** Returns the HTML that the CMS has for a draft; nothing if it has none. @param {string} path */
  async getPrivateHtml(path) {
    const response = await this.#ask(path, { Accept: "text/html" }).catch(() => null);
    return response ? response.text() : "";
  }

  /** @param {string} address an image's, a link's: the CMS may name it without its own origin */
  absolute(address) {
    return new URL(address, this.origin).href;
  }

  /** Forgets what carries one of the tags. @param {readonly string[]} tags */
  purge(tags) {
    this.#purges += 1;
    this.#asked.clear(); // what is on its way may be older than the news
    for (const [path, kept] of this.#kept) {
      if (kept.tags.some((tag) => tags.includes(tag))) this.#kept.delete(path);
    }
  }

  /** @param {string} path @param {Kept | undefined} kept @returns {Promise<unknown>} */
  async #fetch(path, kept) {
    const purges = this.#purges;
    let response;
    try {
      response = await this.#ask(path, kept?.etag ? { "If-None-Match": kept.etag } : {});
    } catch (error) {
      if (kept && !(error instanceof Problem)) return kept.data; // yesterday's page is better than none
      throw error;
    }
    const unchanged = response.status === 304 && kept;
    const answer = unchanged ? kept.data : await response.json();
    const age = /s-maxage=(\d+)/.exec(response.headers.get("Cache-Control") ?? "")?.[1];
    if (age && purges === this.#purges) {
      this.#keep(path, {
        data: answer,
        etag: response.headers.get("ETag") ?? kept?.etag ?? null,
        tags: (response.headers.get("Cache-Tag") ?? "").split(/[\s,]+/).filter(Boolean),
        freshUntil: Date.now() + Number(age) * 1000,
      });
    }
    return answer;
  }

  /** @param {string} path @param {Record<string, string>} headers */
  async #ask(path, headers) {
    const response = await fetch(`${this.origin}/api/massage/v1/${path}`, {
      headers: { Accept: "application/json", ...headers },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok || response.status === 304) return response;
    const problem = /** @type {{ detail?: string }} */ (await response.json().catch(() => ({})));
    throw new Problem(response.status, problem.detail ?? response.statusText);
  }

  /** @param {string} path @param {Kept} answer */
  #keep(path, answer) {
    this.#kept.delete(path);
    this.#kept.set(path, answer);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
