"""What a page has to show in the browser, each proof a function that names what is wrong."""

import json
import time
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, ViewportSize

from bench import npm

# WCAG 2.2 A and AA, best practice, and the rules that are off by default but belong to it.
AXE_OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
# 320 pixels are also what 1,280 are at 400 %.
LOOKS = (("light", WIDE), ("dark", WIDE), ("light", NARROW))
LEAST_TARGET = 24
LONGEST_HTML = 200
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
# A target is what can be hit: of a box or a radio button its label, too. Links in running text are as low as its lines.
SMALL_TARGETS = """least => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(e => e.type !== "hidden" && e.checkVisibility({visibilityProperty: true}))
  .filter(e => getComputedStyle(e).display !== "inline" && !e.closest(".visually-hidden"))
  .map(e => {
    const boxes = [e, ...(e.labels ?? [])].map(one => one.getBoundingClientRect());
    const width = Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left));
    const height = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top));
    return {words: `${e.tagName} ${e.className} ${(e.textContent || e.name || "").trim().slice(0, 40)}`, width, height};
  })
  .filter(target => target.width < least || target.height < least)
  .map(target => `${target.words}: ${target.width} × ${target.height}`)"""
# Where the system paints, what can be pressed and what is set apart keeps a border.
BARE = """() => [...document.querySelectorAll(".button, .card, .notice, .download-link, .date-block, input")]
  .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) === 0
    && !["hidden", "checkbox", "radio"].includes(e.type))
  .map(e => e.className)"""
# Printers leave the ground out: letters that are lighter than half way stay pale on paper.
PALE = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.checkVisibility() && !e.closest("svg") && !e.closest(".visually-hidden"))
  .flatMap(e => [
    [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()) ? getComputedStyle(e) : null,
    getComputedStyle(e, "::before").content.match(/counter|"."/) ? getComputedStyle(e, "::before") : null,
  ].filter(Boolean).map(style => ({e, rgb: style.color.match(/\\d+/g).slice(0, 3).map(Number)})))
  .filter(({rgb}) => 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2] > 128)
  .map(({e}) => `${e.tagName} ${e.className}: ${e.textContent.trim().slice(0, 40)}`)"""
# Every color on what really lies below it: letters, edges of what is operated, rings of focus (WCAG 2.2, 1.4.3 and
# 1.4.11). Drawings are left out: what stands on the map is computed from the tokens in tests/portal/test_contrast.py.
FAINT = """() => {
  const rgba = text => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = e => {
    const layers = [];
    for (let one = e; one; one = one.parentElement) {
      layers.unshift(rgba(getComputedStyle(one).backgroundColor));
      if (layers[0][3] === 1) break;
    }
    return layers.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const luminance = color => {
    const [r, g, b] = color.slice(0, 3)
      .map(v => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (text, below) => {
    const [low, high] = [luminance(over(rgba(text), below)), luminance(below)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  const look = (what, e, ratio, wanted) => {
    if (ratio < wanted) found.push(`${what} ${ratio.toFixed(2)}: ${e.tagName} ${e.className} `
      + (e.textContent || e.name || "").trim().replace(/\\s+/g, " ").slice(0, 40));
  };
  const letters = (what, e, style, below) => {
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    look(what, e, contrast(style.color, below), isLarge ? 3 : 4.5);
  };
  const controls = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select, .button";
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest("svg, .visually-hidden") || !e.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(e);
    const below = ground(e);
    if ([...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
      || e.matches("input, textarea, select")) letters("letters", e, style, below);
    if (e.placeholder) letters("placeholder", e, getComputedStyle(e, "::placeholder"), below);
    for (const part of ["::before", "::after"]) {
      const made = getComputedStyle(e, part);
      if (/counter|"[^"]/.test(made.content)) letters(part, e, made, over(rgba(made.backgroundColor), below));
    }
    const around = ground(e.parentElement);
    if (e.matches(controls)) {
      const edge = parseFloat(style.borderTopWidth) ? contrast(style.borderTopColor, around) : 0;
      look("edge", e, Math.max(edge, contrast(style.backgroundColor, around)), 3);
    }
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth)) {
      look("ring", e, contrast(style.outlineColor, around), 3);
    }
  }
  return found;
}"""
OPERATED = "a, button, summary, input, textarea, select, .card, .search-suggestions li"
# Radio buttons of one name are one stop of the Tab key; so is a part that scrolls and holds no control.
REMEMBER_STOPS = """() => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex]";
  const reachable = e => e.type !== "hidden" && !e.disabled && e.checkVisibility({visibilityProperty: true});
  const scrolls = e => (/auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth)
    || (/auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight);
  window.stopOf = e => e.type === "radio" ? e.name : e;
  window.stops = new Set([...document.querySelectorAll("body *")]
    .filter(e => reachable(e) && ((e.matches(controls) && e.tabIndex >= 0)
      || (scrolls(e) && !e.querySelector(controls))))
    .map(stopOf));
  const inside = document.activeElement !== document.body;
  if (inside) stops.delete(stopOf(document.activeElement));
  return inside;
}"""
MISSED = """() => [...stops].map(e => e.tagName ? `${e.tagName} ${e.className.baseVal ?? e.className} `
  + (e.textContent || e.name || "").trim().replace(/\\s+/g, " ").slice(0, 40) : `radio ${e}`)"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const ringed = [e, e.closest(".card"), e.querySelector("circle"), e.parentElement].filter(Boolean).find(one => {
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || (one.tagName === "circle" && style.stroke !== "none");
  });
  const box = e.getBoundingClientRect();
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const at = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && (e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some(label => label.contains(top)));
  };
  const [left, right] = [Math.max(box.left, 0) + 2, Math.min(box.right, innerWidth) - 2];
  const [top, bottom] = [Math.max(box.top, 0) + 2, Math.min(box.bottom, innerHeight) - 2];
  const middle = at((left + right) / 2, (top + bottom) / 2);
  // A link that breaks over lines does not fill its box; what lies on all of it fills the corners.
  const free = middle || e.getClientRects().length > 1;
  let whole = true;
  if (ringed) {
    const style = getComputedStyle(ringed);
    const reach = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    const ring = ringed.getBoundingClientRect();
    // Of a field for many lines the browser shows the line one writes in.
    const inside = frame => (ring.height > frame.bottom - frame.top || ringed.tagName === "TEXTAREA" ||
        (ring.top - reach >= frame.top - 1 && ring.bottom + reach <= frame.bottom + 1)) &&
      ring.left - reach >= frame.left - 1 && ring.right + reach <= frame.right + 1;
    whole = inside({left: 0, top: 0, right: document.documentElement.clientWidth, bottom: innerHeight});
    for (let frame = ringed.parentElement; whole && frame && frame !== document.body; frame = frame.parentElement) {
      if (getComputedStyle(frame).overflow !== "visible") whole = inside(frame.getBoundingClientRect());
    }
  }
  const words = (e.textContent || e.name || "").trim().replace(/\\s+/g, " ").slice(0, 40);
  const name = `${e.tagName} ${e.className.baseVal ?? e.className} ${words}`;
  const order = e.compareDocumentPosition(window.lastFocus ?? e);
  window.lastFocus = e;
  window.stops?.delete(stopOf(e));
  return {name, order, marked: Boolean(ringed), seen, free, whole};
}"""
FOLLOWING = 4
SCROLLING_MILLISECONDS = 200
# Two frames later, and without colors that fade over: half way they have no contrast.
PAINTED = """async () => {
  if (!window.stillSheet) {
    window.stillSheet = new CSSStyleSheet();
    window.stillSheet.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; }");
    document.adoptedStyleSheets.push(window.stillSheet);
  }
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
}"""


def axe_findings(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds on ``page`` by all of its rules, every severity."""
    # Wagtail's page editor brings an axe of its own.
    if page.evaluate("() => window.axe?.version") != npm.VERSIONS["axe-core"]:
        page.evaluate((npm.package("axe-core") / "axe.min.js").read_text())
    found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        {"rule": one["id"], "where": node["target"], "html": node["html"][:LONGEST_HTML]}
        for one in found["violations"]
        for node in one["nodes"]
    ]


def show_as(page: Page, *, scheme: str = "light", size: ViewportSize = WIDE) -> None:
    """Show ``page`` in another scheme and size, without motion; returns when it is painted."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size(size)
    page.evaluate(PAINTED)


def findings_in_every_look(page: Page) -> list[tuple[str, int, dict[str, Any]]]:
    """Return what axe finds on ``page`` in light, in dark and at 320 pixels; it ends light and as large as before."""
    before = page.viewport_size or WIDE
    found = []
    for scheme, size in LOOKS:
        show_as(page, scheme=scheme, size=size)
        found += [(scheme, size["width"], one) for one in axe_findings(page)]
    show_as(page, size=before)
    return found


def faint(page: Page) -> list[tuple[str, str, str]]:
    """Return what has too little contrast on ``page``: as it stands, under the mouse and focused, in both schemes.

    What is folded up is looked at unfolded, and stays so.
    """
    found = []
    # Of those that fold each other up, the last one.
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": OPERATED})["nodeIds"]
    for state in ((), ("hover",), ("focus", "focus-visible")):
        for node in nodes:
            session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": list(state)})
        for scheme in ("light", "dark"):
            show_as(page, scheme=scheme, size=page.viewport_size or WIDE)
            found += [(scheme, " ".join(state), what) for what in page.evaluate(FAINT)]
    session.detach()
    show_as(page, size=page.viewport_size or WIDE)
    return found


def sideways(page: Page) -> int:
    """Return by how many pixels the page has to be pushed sideways; 0 is right."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def space_text(page: Page) -> None:
    """Space the page's text as readers may (the policy against inline styles does not stop readers)."""
    page.evaluate(
        """css => {
          window.spacingSheet = new CSSStyleSheet();
          window.spacingSheet.replaceSync(css);
          document.adoptedStyleSheets.push(window.spacingSheet);
        }""",
        TEXT_SPACING,
    )


def space_text_as_before(page: Page) -> None:
    """Take the readers' own spacing away again."""
    page.evaluate(
        "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== spacingSheet); }"
    )


def lost_text(page: Page) -> list[str]:
    """Return the texts that stick out of the window or are cut off by their own box."""
    return list(page.evaluate(LOST_TEXT))


def small_targets(page: Page) -> list[str]:
    """Return the controls that are lower or narrower than 24 pixels, with their measures."""
    return list(page.evaluate(SMALL_TARGETS, LEAST_TARGET))


def bare_with_forced_colors(page: Page) -> list[str]:
    """Return what loses its shape where the system chooses the colors."""
    page.emulate_media(forced_colors="active")
    bare = list(page.evaluate(BARE))
    page.emulate_media(forced_colors="none")
    return bare


def badly_focused(page: Page) -> list[str] | None:
    """Return what is wrong with the focus as it stands, None where it has left the page.

    Wrong: nothing shows it, its ring is cut off, it is out of view or covered, or it jumped back.
    """
    found = page.evaluate(FOCUS)
    if found is None:
        return None
    if not (found["seen"] and found["free"] and found["whole"]):
        # The browser may still be scrolling there.
        page.evaluate(PAINTED)
        page.wait_for_timeout(SCROLLING_MILLISECONDS)
        found = page.evaluate(FOCUS) | {"order": found["order"]}
    offences = [f"not {word}: {found['name']}" for word in ("marked", "seen", "free", "whole") if not found[word]]
    return offences + ([f"jumps back: {found['name']}"] if found["order"] & FOLLOWING else [])


def tab_through(page: Page, *, most: int = 150) -> list[str]:
    """Press Tab until the page ends; return what was reached badly, and what was not reached at all."""
    offences = []
    # Where the page has put the focus itself, the rest is reached from its beginning.
    starts_inside = page.evaluate(REMEMBER_STOPS)
    for _press in range(most):
        page.keyboard.press("Tab")
        found = badly_focused(page)
        if found is None:
            if not starts_inside:
                break
            starts_inside = page.evaluate("() => { delete window.lastFocus; return false; }")
        offences += found or []
    return offences + [f"not reached: {stop}" for stop in page.evaluate(MISSED)]


def without_script(page: Page) -> None:
    """Switch scripts off for all that ``page`` loads from now on."""
    page.context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})


class Traffic:
    """Counts what comes over the wire, bodies as they are sent and heads included."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.scripts = 0.0
        self.bytes = 0.0
        self._kinds: dict[str, str] = {}
        self._kept: set[str] = set()
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestServedFromCache", lambda event: self._kept.add(event["requestId"]))
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"]["url"].startswith("data:"):
            return
        self._kinds[event["requestId"]] = event["type"]
        # What the browser still holds is no request.
        if not event["response"].get("fromDiskCache") and event["requestId"] not in self._kept:
            self.requests.append(event["response"]["url"])

    def _on_finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        if self._kinds.get(event["requestId"]) == "Script":
            self.scripts += event["encodedDataLength"]

    def count_anew(self) -> None:
        """Forget what came so far: the next visit is measured by itself."""
        self.requests, self.scripts, self.bytes = [], 0.0, 0.0

    def beyond(self, *, most_bytes: int, most_requests: int, most_script: int) -> list[str]:
        """Return which limits were passed, with what came."""
        counts = (
            ("bytes", self.bytes, most_bytes),
            ("requests", len(self.requests), most_requests),
            ("bytes of script", self.scripts, most_script),
        )
        passed = [f"{count:.0f} {what}, at most {most}" for what, count, most in counts if count > most]
        return [*passed, *self.requests] if passed else []


LAYOUT_SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 150);
})"""


# A sentence as wide in one family as in another, in every weight that is in use: measured in pixels, 1,000 high.
WIDTHS = """([family, weights, text]) => weights.map(weight => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${weight} 1000px "${family}"`;
  return context.measureText(text).width;
})"""
SENTENCE = "Über Stadtteile in Sachsen: Gemeinwesenarbeit und Quartiersmanagement seit 2009, „für alle“ – § 18 Abs. 2."


def widths(page: Page, family: str, *weights: int) -> list[float]:
    """Return how wide a German sentence is in ``family`` in each of ``weights``; 0 where there is no such font."""
    loaded = page.evaluate(
        "([family, weights]) => Promise.all(weights.map(one => document.fonts.load(`${one} 16px '${family}'`)))",
        [family, weights],
    )
    found = page.evaluate(WIDTHS, [family, weights, SENTENCE])
    return [float(width) if faces else 0.0 for width, faces in zip(found, loaded, strict=True)]


def keep_fonts_back(page: Page, seconds: float) -> None:
    """Let every font come late from now on; nothing is kept by the browser any more."""

    def wait(route: Route) -> None:
        time.sleep(seconds)
        route.continue_()

    page.route("**/*.woff2", wait)


def layout_shift(page: Page) -> float:
    """Return by how much the page jumped while it loaded; 0 is right."""
    return float(page.evaluate(LAYOUT_SHIFT))


def told(findings: object) -> str:
    """Return ``findings`` for a person."""
    return json.dumps(findings, indent=1, ensure_ascii=False)
