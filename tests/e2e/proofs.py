"""What a page has to show in the browser, each proof a function that names what is wrong."""

import json
from typing import Any

from playwright.sync_api import CDPSession, Page, ViewportSize

from bench import npm

# WCAG 2.2 A and AA, best practice, and the rules that are off by default but belong to it.
AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
# WCAG 2.2, 1.4.12: nothing may be lost when readers space text like this.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
LOST_TEXT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(e => e.children.length === 0 && e.textContent.trim() && e.checkVisibility())
  .filter(e => !e.closest(".visually-hidden, [aria-hidden=true], svg, select, .table-scroll"))
  .filter(e => {
    const box = e.getBoundingClientRect();
    const hidden = getComputedStyle(e);
    const clips = hidden.overflowX === "hidden" || hidden.overflowY === "hidden";
    return box.right > innerWidth + 1 || box.left < -1
      || (clips && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1));
  })
  .map(e => `${e.tagName} ${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""
UNMARKED_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const marked = [e, e.closest(".card"), e.querySelector("circle"), e.parentElement].filter(Boolean).some(one => {
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || (one.tagName === "circle" && style.stroke !== "none");
  });
  const box = e.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const at = document.elementFromPoint(Math.min(box.left + box.width / 2, innerWidth - 1),
    Math.max(0, Math.min(box.top + box.height / 2, innerHeight - 1)));
  const free = at && (e.contains(at) || at.contains(e));
  const words = (e.textContent || e.name || "").trim().replace(/\\s+/g, " ").slice(0, 40);
  const name = `${e.tagName} ${e.className.baseVal ?? e.className} ${words}`;
  const order = e.compareDocumentPosition(window.lastFocus ?? e);
  window.lastFocus = e;
  return {name, order, marked, seen, free};
}"""
FOLLOWING = 4


def axe_findings(page: Page, *, exclude: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return what axe finds on ``page``, every severity; ``exclude``: selectors of parts that are not ours."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate((npm.package("axe-core") / "axe.min.js").read_text())
    context = {"exclude": [[selector] for selector in exclude]} if exclude else {}
    found = page.evaluate(
        "([context, options]) => axe.run(Object.keys(context).length ? context : document, options)",
        [context, AXE_OPTIONS],
    )
    return [{"rule": one["id"], "where": [node["target"] for node in one["nodes"]][:5]} for one in found["violations"]]


def show_as(page: Page, *, scheme: str = "light", size: ViewportSize = WIDE) -> None:
    """Show ``page`` in another scheme and size; returns when it is painted."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(size)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sideways(page: Page) -> int:
    """Return by how many pixels the page has to be pushed sideways; 0 is right."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def space_text(page: Page) -> None:
    """Space the page's text as readers may (the policy against inline styles does not stop readers)."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        TEXT_SPACING,
    )


def lost_text(page: Page) -> list[str]:
    """Return the texts that stick out of the window or are cut off by their own box."""
    return list(page.evaluate(LOST_TEXT))


def tab_through(page: Page, *, most: int = 80) -> tuple[list[str], list[str]]:
    """Press Tab until the page ends; return what was reached in order, and what was reached badly.

    Badly: focus that nothing shows, that is out of view or covered, or that jumps back.
    """
    reached: list[str] = []
    offences: list[str] = []
    for _press in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(UNMARKED_FOCUS)
        if found is None:
            break
        reached.append(found["name"])
        offences += [f"{word}: {found['name']}" for word in ("marked", "seen", "free") if not found[word]]
        if found["order"] & FOLLOWING:
            offences.append(f"jumps back: {found['name']}")
    return reached, offences


class Traffic:
    """Counts what comes over the wire, bodies as they are sent and heads included."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.scripts = 0.0
        self.bytes = 0.0
        self._kinds: dict[str, str] = {}
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith("data:"):
            return
        self._kinds[event["requestId"]] = event["type"]
        # What the browser still holds is no request.
        if not event["response"].get("fromDiskCache") and not event["response"].get("fromPrefetchCache"):
            self.requests.append(event["response"]["url"])

    def _on_finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        if self._kinds.get(event["requestId"]) == "Script":
            self.scripts += event["encodedDataLength"]

    def reset(self) -> None:
        self.requests, self.bytes = [], 0.0


LAYOUT_SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 150);
})"""


def layout_shift(page: Page) -> float:
    """Return by how much the page jumped while it loaded; 0 is right."""
    return float(page.evaluate(LAYOUT_SHIFT))


def told(findings: object) -> str:
    """Return ``findings`` for a person."""
    return json.dumps(findings, indent=1, ensure_ascii=False)
