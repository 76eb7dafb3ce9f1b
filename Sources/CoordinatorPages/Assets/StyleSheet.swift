internal import AuditReport

/// Colours and layout of the pages. Text has a contrast of at least 4.5 to 1, marks at least 3 to 1 (WCAG 2.2, 1.4.3 and
/// 1.4.11).
enum StyleSheet {
  static var text: String {
    [PageStyle.palette.markup, inks, frame, parts, tables, phone, PageStyle.pictures.markup].joined(separator: "\n")
  }

  private static let inks = """
    :root{color-scheme:light dark;--edge:#d4d9e0;--good:#1f6f3a;--work:#0b57a4;--wait:#4a5058;--warn:#7a4b00;--bad:#b3261e;
    --goodfill:#e6f4ea;--workfill:#e5eef9;--waitfill:#eceff3;--warnfill:#fdf1dc;--badfill:#fcebea;--accent:#0b57a4;--onaccent:#fff}
    @media (prefers-color-scheme:dark){:root{--edge:#333b45;--good:#7fd79c;--work:#8ab8f0;--wait:#b3bac3;--warn:#f0c274;
    --bad:#ff9d95;--goodfill:#16301f;--workfill:#152a44;--waitfill:#262c34;--warnfill:#36290f;--badfill:#3b1c1a;
    --accent:#8ab8f0;--onaccent:#0d1117}}
    """

  private static let frame = """
    *{box-sizing:border-box}
    html{background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
    body{margin:0}
    a{color:var(--link);text-underline-offset:.15em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
    .skip{position:absolute;left:-100rem}
    .skip:focus{position:static;display:block;padding:.5rem 1rem}
    .top{background:var(--panel);border-bottom:1px solid var(--edge)}
    .top>div{max-width:80rem;margin:0 auto;padding:.5rem 1.25rem;display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1.5rem}
    .brand{font-weight:700;font-size:1.05rem;color:var(--text);text-decoration:none;display:flex;align-items:center;gap:.5rem}
    .brand img{width:1.6rem;height:1.6rem;display:block}
    .menu ul{display:flex;flex-wrap:wrap;gap:.15rem;list-style:none;margin:0;padding:0}
    .menu a{display:block;padding:.35rem .7rem;border-radius:.4rem;color:var(--text);text-decoration:none}
    .menu a:hover{background:var(--waitfill)}
    .menu a[aria-current]{background:var(--accent);color:var(--onaccent);font-weight:600}
    .person{margin-left:auto;display:flex;align-items:center;gap:.75rem;color:var(--muted);font-size:.9rem}
    .person b{color:var(--text)}
    main{max-width:80rem;margin:0 auto;padding:1.25rem}
    footer{max-width:80rem;margin:0 auto;padding:.5rem 1.25rem 2rem;color:var(--muted);font-size:.85rem}
    h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0 .75rem;overflow-wrap:anywhere}
    h2{font-size:1.15rem;margin:2rem 0 .6rem}
    h3{font-size:1rem;margin:0 0 .4rem;overflow-wrap:anywhere}
    p{margin:.4rem 0}
    .dim{color:var(--muted)}
    small{white-space:nowrap}
    .card>h2,.note h2{margin:0 0 .4rem}
    .crumbs{margin:0 0 .25rem;font-size:.9rem}
    """

  private static let parts = """
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:0 0 1rem}
    .figures div,.card{background:var(--panel);border:1px solid var(--edge);border-radius:.6rem;padding:.8rem 1rem}
    .figures dt{color:var(--muted);font-size:.85rem}
    .figures dd{margin:0;font-size:1.6rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
    .figures small{display:block;font-size:.85rem;font-weight:400;color:var(--muted);white-space:normal}
    .figures .bad dd{color:var(--bad)}
    .figures .warn dd{color:var(--warn)}
    .cards{display:grid;grid-template-columns:minmax(0,1fr);gap:.75rem;list-style:none;margin:0;padding:0}
    .card header{display:flex;flex-wrap:wrap;gap:.3rem .75rem;align-items:baseline}
    .card header h2,.card header h3{margin:0}
    .card form{display:grid;gap:.5rem;align-content:start;margin-top:.6rem}
    .orders .card form{margin-top:0}
    .card header .dim{margin-left:auto;font-size:.9rem}
    .rings{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.75rem;list-style:none;margin:.75rem 0 0;padding:0}
    .rings>li{border-top:3px solid var(--edge);padding-top:.4rem}
    .rings>li.passed{border-color:var(--good)}
    .rings>li.open{border-color:var(--accent)}
    .rings .name{display:flex;flex-wrap:wrap;gap:.5rem;align-items:baseline;justify-content:space-between;font-weight:600}
    .bar{display:block;width:100%;height:.7rem;margin:.35rem 0;border-radius:.35rem;background:var(--waitfill);border:1px solid var(--line)}
    .bar .soaked{fill:var(--restored)}.bar .healthy{fill:#4ea56a}.bar .atwork{fill:var(--pending)}
    .bar .failed{fill:var(--missing)}.bar .waiting{fill:#9aa3ad}.bar .aside{fill:#6d7681}
    .legend{display:flex;flex-wrap:wrap;gap:.1rem .8rem;list-style:none;margin:0;padding:0;font-size:.85rem;color:var(--muted)}
    .legend li::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:.2em;margin-right:.35em;background:var(--waitfill);border:1px solid var(--line)}
    .legend .soaked::before{background:var(--restored)}.legend .healthy::before{background:#4ea56a}
    .legend .atwork::before{background:var(--pending)}.legend .failed::before{background:var(--missing)}
    .legend .waiting::before{background:#9aa3ad}.legend .aside::before{background:#6d7681}
    .chip{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font-size:.82rem;font-weight:600;white-space:nowrap}
    .chip.good{color:var(--good);background:var(--goodfill)}.chip.work{color:var(--work);background:var(--workfill)}
    .chip.wait{color:var(--wait);background:var(--waitfill)}.chip.warn{color:var(--warn);background:var(--warnfill)}
    .chip.bad{color:var(--bad);background:var(--badfill)}
    .why{margin:.5rem 0 0;padding-left:1.1rem}
    .why li{overflow-wrap:anywhere}
    .note{border-left:4px solid var(--accent);background:var(--workfill);padding:.6rem .9rem;border-radius:.3rem;margin:0 0 1rem;overflow-wrap:anywhere}
    .note.bad{border-color:var(--bad);background:var(--badfill)}
    .note.warn{border-color:var(--warn);background:var(--warnfill)}
    .note.good{border-color:var(--good);background:var(--goodfill)}
    .timeline{list-style:none;margin:0;padding:0 0 0 1.1rem;border-left:2px solid var(--edge)}
    .timeline li{position:relative;padding:0 0 .8rem}
    .timeline li::before{content:"";position:absolute;left:-1.55rem;top:.35rem;width:.75rem;height:.75rem;border-radius:50%;background:var(--wait);border:2px solid var(--page)}
    .timeline .good::before{background:var(--good)}.timeline .work::before{background:var(--accent)}
    .timeline .warn::before{background:var(--warn)}.timeline .bad::before{background:var(--bad)}
    .timeline p{margin:0;overflow-wrap:anywhere}
    form.inline{display:inline}
    label{display:block;font-weight:600;font-size:.9rem;margin-bottom:.15rem}
    input,select,textarea,button,.button{font:inherit;border-radius:.4rem;border:1px solid var(--line);padding:.4rem .7rem;min-height:2.4rem;background:var(--page);color:var(--text);max-width:100%}
    textarea{width:100%;min-height:3.5rem;resize:vertical}
    button,.button{background:var(--accent);color:var(--onaccent);border-color:var(--accent);font-weight:600;cursor:pointer;text-decoration:none;display:inline-block}
    button.plain,.button.plain{background:transparent;color:var(--link);border-color:var(--line);font-weight:400}
    button.danger{background:#b3261e;border-color:#b3261e;color:#fff}
    .filter{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:0 0 1rem}
    .orders{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.75rem}
    .orders details{align-self:start}
    summary{cursor:pointer;font-weight:600}
    .signin{max-width:26rem;margin:3rem auto}
    .signin input{width:100%}
    .signin form{display:grid;gap:.8rem}
    .pager{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:.9rem 0}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:.75rem}
    .facts{margin:0}
    .facts div{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;padding:.2rem 0}
    .facts dt{color:var(--muted)}.facts dd{margin:0;overflow-wrap:anywhere}
    code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
    """

  private static let tables = """
    table{border-collapse:collapse;width:100%;font-size:.93rem}
    caption{text-align:left;color:var(--muted);padding:.2rem 0 .5rem}
    th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;border-bottom:1px solid var(--edge);overflow-wrap:anywhere}
    thead th{background:var(--panel);font-size:.85rem;white-space:nowrap}
    thead th a{color:inherit}
    tbody tr:hover{background:var(--panel)}
    tbody th[scope=row]{overflow-wrap:break-word}
    .number{text-align:right;font-variant-numeric:tabular-nums}
    td ul{margin:0;padding-left:1rem}
    time{white-space:nowrap}
    time small{color:var(--muted)}
    .version{overflow-wrap:break-word}
    @media (min-width:64rem){tbody th[scope=row]{min-width:7.5rem}.version{min-width:9rem}}
    .empty{border:1px dashed var(--line);border-radius:.6rem;padding:1.25rem;text-align:center;color:var(--muted)}
    """

  private static let phone = """
    @media (max-width:44rem){main{padding:.8rem}.top>div{padding:.5rem .8rem}.person{margin-left:0;width:100%;justify-content:space-between}
    .menu{width:100%}.menu a{padding:.35rem .55rem}.card header .dim{margin-left:0;width:100%}
    .figures{grid-template-columns:repeat(2,1fr)}.facts div{grid-template-columns:1fr;gap:0}.pair{grid-template-columns:1fr}
    .stack thead{position:absolute;left:-100rem}.stack,.stack tbody,.stack tr,.stack td,.stack th[scope=row],.stack caption{display:block}
    .stack tr{border:1px solid var(--edge);border-radius:.6rem;margin:0 0 .6rem;padding:.4rem .6rem}
    .stack td,.stack th[scope=row]{border:0;padding:.15rem 0;text-align:left}
    .stack td[data-head]::before{content:attr(data-head) ": ";color:var(--muted)}
    .filter>*{flex:1 1 100%}.filter input,.filter select{width:100%}}
    @media (prefers-reduced-motion:no-preference){.bar rect{transition:width .3s}}
    @media print{.top,.orders,.filter,.pager{display:none}}
    """
}
