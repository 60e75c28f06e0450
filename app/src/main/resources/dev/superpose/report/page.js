// Draws the figures of a page live, in the reader's light or dark setting, and again when that changes.
(() => {
  const themes = JSON.parse(document.getElementById('themes').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const figures = [...document.querySelectorAll('figure')].map((node) => ({
    node,
    document: node.querySelector('script.document').textContent,
    place: node.querySelector('.live'),
    view: null,
  }));

  const draw = async (figure) => {
    const theme = dark.matches ? themes.dark : themes.light;
    const spec = JSON.parse(figure.document);
    for (const ink of spec.params) ink.value = theme.inks[ink.name];
    spec.config = vega.mergeConfig(spec.config, theme.config, {background: 'transparent'});
    const old = figure.view;
    // ast: expressions are interpreted, not compiled, which the page's policy forbids.
    figure.view = await vegaEmbed(figure.place, spec, {
      actions: false, renderer: 'svg', ast: true, tooltip: {theme: dark.matches ? 'dark' : 'light'},
    });
    if (old) old.finalize();
    figure.node.classList.add('drawn');
  };

  const drawAll = async () => {
    for (const figure of figures) {
      try {
        await draw(figure);
      } catch (error) {
        // A still picture stays; without one the reader is told.
        figure.node.classList.remove('drawn');
        if (!figure.node.querySelector('.still')) figure.place.textContent = 'This figure could not be drawn: ' + error;
      }
    }
    document.documentElement.classList.add('ready');
  };
  dark.addEventListener('change', drawAll);
  drawAll();

  for (const code of document.querySelectorAll('.again pre')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      const range = document.createRange();
      range.selectNodeContents(code.querySelector('code'));
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      try {
        await navigator.clipboard.writeText(code.querySelector('code').textContent);
        button.textContent = 'Copied';
      } catch {
        button.textContent = 'Selected'; // a browser may keep the clipboard from a local file
      }
    });
    code.append(button);
  }
})();
