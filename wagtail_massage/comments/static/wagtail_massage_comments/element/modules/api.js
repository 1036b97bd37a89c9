/** The JSON API of the CMS. No cookie goes out or comes in. */

const PATIENCE = 20000; // milliseconds

/**
 * What the CMS answered (problem+json) with the `seconds` to wait; empty where nothing came that can be read.
 * @typedef {{ type?: string, status?: number, seconds?: number, detail?: string, errors?: Array, form_token?: string }} Problem
 */

/**
 * Return a function that asks the API.
 * @param {string} root
 * @param {string | null} site
 * @param {string} language
 */
export function reach(root, site, language) {
  /**
   * @param {string} path below the API's root
   * @param {{ query?: object, body?: object, method?: string, receipt?: string, key?: string }} [options]
   * @throws {Problem}
   */
  return async (path, { query, body, method = body ? "POST" : "GET", receipt, key } = {}) => {
    const url = new URL(path, new URL(root.replace(/\/*$/, "/"), document.baseURI));
    for (const [name, value] of Object.entries({ ...query, site: !receipt && site })) {
      if (value) url.searchParams.set(name, value);
    }
    const headers = { "Accept-Language": language };
    if (body) headers["Content-Type"] = "application/json";
    if (receipt) headers.Authorization = "Receipt " + receipt;
    if (key) headers["Idempotency-Key"] = key;
    const signal = AbortSignal.timeout && AbortSignal.timeout(PATIENCE); // the oldest browsers have their own patience
    let answer, json;
    try {
      answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "omit", signal });
      json = await answer.json();
    } catch {
      throw {};
    }
    if (answer.ok) return json;
    throw { ...json, seconds: +answer.headers.get("Retry-After") || 5 };
  };
}
