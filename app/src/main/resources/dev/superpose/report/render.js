// Draws Vega-Lite documents as SVG outside a browser. Every function takes one text and returns one.
globalThis.structuredClone ??= function copy(value) { // a browser has it; specifications are plain trees
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
};

// Vega waits for the addresses of pictures by polling; here there is nothing else to wait for.
globalThis.setTimeout ??= (task) => { Promise.resolve().then(task); return 0; };

// How wide texts are: {"first": code of a character, "widths": from it on, in thousandths of the size, "other": ...}
globalThis.superposeMeasureText = (metrics) => {
  const {first, widths, other} = JSON.parse(metrics);
  const one = (line, size) => {
    let sum = 0;
    for (const character of line == null ? '' : String(line)) {
      sum += widths[character.codePointAt(0) - first] ?? other;
    }
    return sum * size / 1000;
  };
  vega.textMetrics.width = (item, text) => {
    // Bold letters are wider by a tenth in the same family.
    const size = (item.fontSize == null ? 11 : +item.fontSize) * (item.fontWeight === 'bold' ? 1.1 : 1);
    const lines = text === undefined ? item.text : text;
    return Array.isArray(lines) ? Math.max(0, ...lines.map((line) => one(line, size))) : one(lines, size);
  };
  return '';
};

(() => {
  // A thousandth of a pixel is finer than any eye, and engines differ in the last bit of a logarithm.
  const round = (number) => String(+(+number).toFixed(3));
  const roundPlaces = (svg) =>
    svg.replace(/ (?:transform|d|[xy][12]?|width|height)="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, round));

  let picture = '';
  let problems = [];

  globalThis.superposeDraw = (text) => {
    picture = '';
    problems = [];
    const complain = (...words) => {
      problems.push(words.join(' '));
      return logger;
    };
    const ignore = () => logger;
    const logger = {error: complain, warn: complain, info: ignore, debug: ignore, level: ignore};
    try {
      vega.resetSVGDefIds(); // or the ids would count on from the picture before
      const compiled = vegaLite.compile(JSON.parse(text), {logger}).spec;
      const view = new vega.View(vega.parse(compiled), {renderer: 'none', logger});
      // The promise is settled before control returns to the caller.
      view.toSVG().then((svg) => { picture = roundPlaces(svg); }, (error) => complain(String(error)));
      view.runAsync().then(() => view.finalize());
    } catch (error) {
      complain(String(error));
    }
    return '';
  };

  globalThis.superposePicture = () => picture;
  globalThis.superposeProblem = () => problems[0] ?? '';
})();
