/**
 * What stays on the visitor's device, by name. A browser may refuse storage altogether; then nothing stays, and all
 * else works.
 * @param {() => Storage} area
 */
export function store(area, name) {
  const read = () => {
    try {
      return JSON.parse(area().getItem(name)) || {};
    } catch {
      return {};
    }
  };
  const write = (all) => {
    try {
      area().setItem(name, JSON.stringify(all));
    } catch {}
  };
  return {
    read,
    /** Without a value: forget. */
    keep: (id, value) => write({ ...read(), [id]: value }),
    clear: () => write({}),
  };
}
