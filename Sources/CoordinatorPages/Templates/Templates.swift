/// Every template by its name. What stands between `{{` and `}}` is escaped; `{{{` stands only where ``HTML`` of reports
/// or a page that was made before is put in.
enum Templates {
  static let all: [String: String] = shared.merging(fleet) { first, _ in first }
    .merging(records) { first, _ in first }

  private static let shared: [String: String] = [
    "layout": """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{{title}} · apt-gate</title>
    <link rel="icon" href="{{icon}}" type="image/svg+xml">
    <link rel="stylesheet" href="{{style}}">
    <script src="{{script}}" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="top"><div>
    <a class="brand" href="/"><img src="{{icon}}" alt="">apt-gate</a>
    {{#person}}
    <nav class="menu" aria-label="Main"><ul>
    {{#menu}}<li><a href="{{path}}"{{#current}} aria-current="page"{{/current}}>{{heading}}</a></li>
    {{/menu}}</ul></nav>
    <div class="person"><span><b><bdi>{{name}}</bdi></b> {{roles}}</span>
    <form class="inline" method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{csrf}}">
    <button class="plain">Sign out</button></form></div>
    {{/person}}
    </div></header>
    <main id="main" tabindex="-1"{{#live}} data-live="yes"{{/live}}>
    {{#notice}}<p class="note good" role="status">{{notice}}</p>{{/notice}}
    {{#problem}}<p class="note bad" role="alert">{{problem}}</p>{{/problem}}
    {{{main}}}
    </main>
    <footer>As of {{#made}}{{>time}}{{/made}}. Times are UTC.</footer>
    </body>
    </html>
    """,
    "time": "<time datetime=\"{{iso}}\">{{text}}</time> <small class=\"dim\">{{ago}}</small>",
    "chip": "<span class=\"chip {{tone}}\">{{text}}</span>",
    "bar": """
    <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="{{label}}">
    {{#rectangles}}<rect class="{{tone}}" x="{{x}}" y="0" width="{{width}}" height="10"/>{{/rectangles}}</svg>
    <ul class="legend">{{#words}}<li class="{{tone}}">{{text}}</li>{{/words}}</ul>
    """,
    "pager": """
    <nav class="pager" aria-label="Pages">{{#first}}<a class="button plain" href="{{first}}">First</a>{{/first}}
    {{#previous}}<a class="button plain" href="{{previous}}">Previous</a>{{/previous}}
    {{#next}}<a class="button plain" href="{{next}}">Next</a>{{/next}} <span class="dim">{{summary}}</span></nav>
    """,
    "sign-in": """
    <div class="signin card"><h1>Sign in</h1>
    <p class="dim">With a token of this coordinator: <code>apt-gate-coordinator token create</code> makes one.</p>
    <form method="post" action="/sign-in">
    <input type="hidden" name="next" value="{{next}}">
    <div><label for="token">Token</label>
    <input id="token" name="token" type="password" autocomplete="current-password" required autofocus></div>
    <button>Sign in</button>
    </form></div>
    """,
    "problem": """
    <h1>{{title}}</h1>
    <p class="note bad" role="alert">{{text}}</p>
    <p><a href="/">To the fleet</a></p>
    """,
    "rollout-card": """
    <li class="card"><article>
    <header><h3><a href="{{href}}"><bdi>{{id}}</bdi></a></h3> {{#status}}{{>chip}}{{/status}}
    <span class="dim">begun {{#created}}{{>time}}{{/created}}</span></header>
    {{>rings}}
    {{#waits}}<p class="dim">It waits for:</p>
    <ul class="why">{{#lines}}<li>{{.}}</li>{{/lines}}</ul>{{/waits}}
    </article></li>
    """,
    "rings": """
    <ol class="rings">{{#rings}}<li class="{{state}}"><div class="name"><span>{{number}}. {{name}}</span>
    <span>{{#chip}}{{>chip}}{{/chip}}</span></div>
    {{#bar}}{{>bar}}{{/bar}}
    </li>{{/rings}}</ol>
    """,
    "order": """
    <form method="post" action="{{action}}">
    <input type="hidden" name="csrf" value="{{csrf}}">
    {{#ring}}<input type="hidden" name="ring" value="{{ring}}">{{/ring}}
    <label for="{{id}}">{{question}}</label>
    <textarea id="{{id}}" name="reason" required maxlength="1000" placeholder="Reason, for the record">{{reason}}</textarea>
    <button{{#danger}} class="danger"{{/danger}}>{{verb}}</button>
    </form>
    """,
  ]
}
