/// Colours and layout of the page.
///
/// Text has a contrast of at least 4.5 to 1, marks of a picture at least 3 to 1. Source: WCAG 2.2, 1.4.3 and 1.4.11.
public enum PageStyle {
  /// A colour by its name in the style sheet, in light and in dark.
  struct Ink {
    var name: String
    var light: String
    var dark: String
  }

  static let inks = [
    Ink(name: "page", light: "#ffffff", dark: "#14171b"), Ink(name: "panel", light: "#f3f5f8", dark: "#1d2228"),
    Ink(name: "text", light: "#1a1d21", dark: "#e6e8eb"), Ink(name: "muted", light: "#4a5058", dark: "#b3bac3"),
    Ink(name: "line", light: "#7d858f", dark: "#7d858f"), Ink(name: "link", light: "#0b57a4", dark: "#8ab8f0"),
    Ink(name: "held", light: "#b3261e", dark: "#ff8a80"), Ink(name: "pending", light: "#4f83b8", dark: "#5b8ec4"),
    Ink(name: "restored", light: "#1f6f3a", dark: "#6fcf8f"), Ink(name: "missing", light: "#b3261e", dark: "#ff8a80"),
  ]

  static var sheet: HTML {
    """
    \(palette)
    \(rules)
    \(pictures)
    \(paper)
    """
  }

  /// The colours as variables, light and dark.
  public static var palette: HTML {
    let light = inks.map { ink -> HTML in "--\(ink.name):\(ink.light);" }
    let dark = inks.map { ink -> HTML in "--\(ink.name):\(ink.dark);" }
    return """
      :root{\(light)}
      @media screen and (prefers-color-scheme:dark){:root{\(dark)}}
      """
  }

  /// How ``DriftPicture`` and the charts look.
  public static let pictures: HTML = """
    figure{margin:1rem 0}
    figcaption{color:var(--muted);overflow-wrap:anywhere}
    .wide svg,.narrow svg{display:block;width:100%;height:auto;max-width:64rem}
    .narrow svg{max-width:28rem}
    .wide text,.narrow text{fill:var(--text);font:12px system-ui,"DejaVu Sans",sans-serif}
    .wide .dim,.narrow .dim{fill:var(--muted)}
    @media (max-width:40rem){.wide text{font-size:24px}}
    .axis{stroke:var(--line);stroke-width:1}
    .wide .pending,.narrow .pending{fill:var(--pending)}
    .wide .held,.narrow .held{fill:var(--held)}
    .outline{fill:none;stroke:var(--text);stroke-width:1.5}
    .wire{fill:none;stroke-width:2}
    .wire.restored{stroke:var(--restored)}
    .wire.missing{stroke:var(--missing);stroke-dasharray:6 4}
    .wire.unknown{stroke:var(--muted);stroke-dasharray:2 4}
    .box{fill:var(--panel);stroke:var(--line)}
    """

  private static let rules: HTML = """
    *{box-sizing:border-box}
    html{background:var(--page);color:var(--text);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
    body{max-width:96rem;margin:0 auto;padding:1rem}
    h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0;overflow-wrap:anywhere}
    h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line)}
    h3{font-size:1.05rem;margin:1.5rem 0 .25rem;overflow-wrap:anywhere}
    a{color:var(--link)}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .node{color:var(--muted);font-weight:normal}
    .skip{position:absolute;left:-100rem}
    .skip:focus{position:static}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:1rem 0}
    dl{margin:.5rem 0}
    dt{color:var(--muted)}
    dd{margin:0}
    dd,section>p,section>ul{overflow-wrap:anywhere}
    .about,.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}
    .about div,.figures div{background:var(--panel);padding:.5rem .75rem;border-radius:.4rem}
    .figures dd{font-size:1.35rem;font-variant-numeric:tabular-nums}
    .facts div{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;padding:.2rem 0}
    .scroll{overflow-x:auto;margin:.75rem 0}
    table{border-collapse:collapse;font-size:.875rem;width:100%}
    caption{text-align:left;color:var(--muted);padding:.25rem 0}
    th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
    thead th{background:var(--panel);white-space:nowrap}
    tbody th{font-weight:600}
    td ul,tbody th ul{margin:0;padding:0;list-style:none}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .short,td li,tbody th li{white-space:nowrap}
    .long,li.long{min-width:16rem;white-space:normal}
    .long{overflow-wrap:anywhere}
    .unknown,em{color:var(--muted)}
    time{white-space:nowrap}
    .key{display:inline-block;width:.9em;height:.9em;margin:0 .3em 0 .8em;vertical-align:-.1em}
    .key.pending{background:var(--pending)}
    .key.held{background:var(--held)}
    @media (max-width:40rem){body{padding:.5rem}.facts div{grid-template-columns:1fr}}
    """

  private static let paper: HTML = """
    @media print{html{font-size:10px}nav,.skip{display:none}.scroll{overflow:visible}
    table{font-size:7px}th,td{padding:.15rem .25rem;overflow-wrap:anywhere}thead th,time,.number{white-space:normal}
    .long,li.long{min-width:0}.short,td li,tbody th li{white-space:normal}tr,figure{break-inside:avoid}h2{break-after:avoid}
    details>*{display:block}.key,.pending,.held{print-color-adjust:exact}@page{size:A4 landscape;margin:12mm}}
    """
}
