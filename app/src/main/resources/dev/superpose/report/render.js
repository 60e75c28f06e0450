// Draws Vega-Lite documents as SVG outside a browser. `measure(text, size)` gives the width of a text in pixels.
globalThis.structuredClone ??= function copy(value) { // a browser has it; specifications are plain trees
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
};

// Vega waits for the addresses of pictures by polling; here there is nothing else to wait for.
globalThis.setTimeout ??= (task) => { Promise.resolve().then(task); return 0; };

globalThis.superposeRenderer = (measure) => {
  vega.textMetrics.width = (item, text) => {
    const size = item.fontSize == null ? 11 : +item.fontSize;
    const one = (line) => measure(line == null ? '' : String(line), size);
    const lines = text === undefined ? item.text : text;
    return Array.isArray(lines) ? Math.max(0, ...lines.map(one)) : one(lines);
  };
  return (text) => {
    const result = {problems: [], svg: ''};
    const complain = (...words) => {
      result.problems.push(words.join(' '));
      return logger;
    };
    const ignore = () => logger;
    const logger = {error: complain, warn: complain, info: ignore, debug: ignore, level: ignore};
    try {
      vega.resetSVGDefIds(); // or the ids would count on from the picture before
      const compiled = vegaLite.compile(JSON.parse(text), {logger}).spec;
      const view = new vega.View(vega.parse(compiled), {renderer: 'none', logger});
      // The promise is settled before control returns to the caller.
      view.toSVG().then((svg) => { result.svg = svg; }, (error) => complain(String(error)));
      view.runAsync().then(() => view.finalize());
    } catch (error) {
      complain(String(error));
    }
    return result;
  };
};
