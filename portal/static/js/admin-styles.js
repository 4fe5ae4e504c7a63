/* The content security policy refuses <style> elements, and the translation editor cannot start without the stylesheet
   of one: its libraries write their rules there one by one. They get a constructed stylesheet, which the policy allows. */
(() => {
  const original = Object.getOwnPropertyDescriptor(HTMLStyleElement.prototype, "sheet");
  const replacements = new WeakMap();
  Object.defineProperty(HTMLStyleElement.prototype, "sheet", {
    ...original,
    get() {
      const sheet = original.get.call(this);
      if (sheet || !this.isConnected) return sheet;
      if (!replacements.has(this)) {
        const replacement = new CSSStyleSheet();
        document.adoptedStyleSheets.push(replacement);
        replacements.set(this, replacement);
      }
      return replacements.get(this);
    },
  });
})();
