// What the measurements of pages share.

export const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

// Notes in every page of a browser when the first element of a selector was there and laid out.
export const noteDrawn = (context, selector) => context.addInitScript((selector) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)?.getBoundingClientRect().height) return;
    document.documentElement.dataset.drawn = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}, selector);

// Milliseconds from opening a page until then.
export const drawnAt = (page) => page.evaluate(() => Number(document.documentElement.dataset.drawn));
