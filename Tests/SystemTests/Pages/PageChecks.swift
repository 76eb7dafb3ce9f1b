/// Checks of our own beside axe's: what the design of the pages promises, and the contrast of texts that axe passes over
/// because it cannot tell what lies behind them.
enum PageChecks {
  /// What is wrong with the page that `tab` shows.
  static func findings(in tab: BrowserTab) async throws -> [String] { try await tab.value(of: "(\(script))()") }

  /// Goes through the page by the keyboard: what has the focus shows it.
  static func hiddenFocus(in tab: BrowserTab, steps: Int = 15) async throws -> [String] {
    var findings: [String] = []
    for step in 0..<steps {
      try await tab.tabulate()
      let found: [String] = try await tab.value(of: "(\(focus))()")
      if found.first == "none" {
        if step == 0 { findings.append("the tabulator leads to nothing") }
        break
      }
      findings += found
    }
    return findings
  }

  private static let focus = """
    () => {
      const element = document.activeElement;
      if (!element || element === document.body) return ["none"];
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      const name = element.outerHTML.slice(0, 120), found = [];
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`no outline: ${name}`);
      if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) {
        found.push(`out of sight: ${name}`);
      }
      return found;
    }
    """

  private static let script = """
    () => {
      const found = [];
      const all = selector => [...document.querySelectorAll(selector)];
      const say = (what, element) => found.push(element ? `${what}: ${element.outerHTML.slice(0, 160)}` : what);
      const one = selector => { if (all(selector).length !== 1) say(`${all(selector).length} of ${selector}`); };

      if (!document.documentElement.lang) say("no language");
      if (!document.title.trim()) say("no title");
      for (const landmark of ["h1", "main", "body > header", "body > footer"]) one(landmark);
      let level = 0;
      for (const heading of all("h1, h2, h3, h4, h5, h6")) {
        const own = Number(heading.tagName[1]);
        if (own > level + 1) say(`h${level} is followed by`, heading);
        level = own;
      }
      for (const control of all("input:not([type=hidden]), select, textarea")) {
        if (![...control.labels].some(label => label.textContent.trim())) say("no label", control);
      }
      for (const cell of all("th")) if (!["row", "col"].includes(cell.scope)) say("no scope", cell);
      for (const link of all("a, button, summary")) if (!link.textContent.trim()) say("no text", link);
      for (const image of all("img")) if (!image.hasAttribute("alt")) say("no text for it", image);
      for (const image of all("svg")) {
        const names = (image.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
        const text = names.map(id => document.getElementById(id)?.textContent || "").join("");
        if (image.getAttribute("role") !== "img" || !(text || image.getAttribute("aria-label"))) say("no name", image);
      }
      const ids = all("[id]").map(element => element.id);
      for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) say(`two elements are #${id}`);
      for (const part of all("[style]")) say("a style of its own", part);
      if (document.documentElement.scrollWidth > innerWidth) {
        const scrolls = element => getComputedStyle(element).overflowX !== "visible";
        const reaches = element => element.getBoundingClientRect().right > innerWidth;
        const inside = element => element && (scrolls(element) || inside(element.parentElement));
        say(`it is ${document.documentElement.scrollWidth} wide on ${innerWidth}`,
          all("body *").filter(element => reaches(element) && !inside(element)).pop());
      }
      // A picture is seen as a whole, and its texts can be read.
      for (const image of all("svg[viewBox]").filter(image => image.checkVisibility())) {
        const box = image.getBoundingClientRect();
        if (box.left < 0 || box.right > innerWidth) say("not on the screen as a whole", image);
        for (const text of image.querySelectorAll("text")) {
          const size = parseFloat(getComputedStyle(text).fontSize) * box.width / image.viewBox.baseVal.width;
          if (size < 10) say(`a text of ${size.toFixed(1)} px`, text);
        }
      }

      // WCAG 2.2: relative luminance and contrast ratio; large is 24 px, or 18.66 px in bold.
      const parse = text => {
        const [red, green, blue, alpha] = (text.match(/[0-9.]+/g) || [0, 0, 0, 0]).map(Number);
        return [red, green, blue, alpha ?? 1];
      };
      const over = (front, back) => front.slice(0, 3).map((part, place) => part * front[3] + back[place] * (1 - front[3]));
      const luminance = colour => {
        const [red, green, blue] = colour.map(part => part / 255)
          .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const behind = element => {
        const layers = [];
        for (let here = element; here; here = here.parentElement) layers.push(parse(getComputedStyle(here).backgroundColor));
        return layers.reverse().reduce((back, layer) => over(layer, back), [255, 255, 255]);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let texts = 0;
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement, style = getComputedStyle(element);
        if (!walker.currentNode.data.trim() || element.closest("title, desc, option") || !element.checkVisibility()) continue;
        texts += 1;
        const back = behind(element);
        const ink = over(parse(element.closest("svg") ? style.fill : style.color), back);
        const [high, low] = [luminance(ink), luminance(back)].sort((one, other) => other - one);
        const ratio = (high + 0.05) / (low + 0.05);
        const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (ratio < (isLarge ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
      }
      if (texts < 5) say("hardly any text");
      return found;
    }
    """
}
