/// What makes the pages better, and nothing that they need.
enum PageScript {
  static let text = """
    "use strict";
    (() => {
      const main = document.querySelector("main");
      const localTimes = (root) => {
        for (const time of root.querySelectorAll("time[datetime]")) {
          const moment = new Date(time.dateTime);
          if (!isNaN(moment)) time.title = moment.toLocaleString();
        }
      };
      localTimes(document);

      // A filter is applied as it is typed.
      const filter = document.querySelector("form[data-filter]");
      let typed = 0;
      const load = async (url, push) => {
        const answer = await fetch(url, { headers: { Accept: "text/html" }, redirect: "error" });
        if (!answer.ok) return false;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of page.querySelectorAll("[data-part]")) {
          const here = main.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
          if (here) { here.replaceWith(part); localTimes(part); }
        }
        if (push) history.replaceState(null, "", url);
        return true;
      };
      if (filter) {
        const apply = () => {
          const query = new URLSearchParams();
          for (const [name, value] of new FormData(filter)) if (value) query.set(name, value);
          load(`${filter.getAttribute("action")}?${query}`, true).catch(() => {});
        };
        filter.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(apply, 250); });
      }

      // What changes by itself is fetched again while somebody looks.
      if (main && main.dataset.live === "yes") {
        setInterval(() => {
          const busy = main.contains(document.activeElement) && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
          if (document.visibilityState === "visible" && !busy) load(location.href, false).catch(() => {});
        }, 15000);
      }
    })();
    """
}
