extension Templates {
  static let fleet: [String: String] = [
    "overview": """
    <h1>Fleet</h1>
    <div data-part="overview">
    {{#alarms}}<p class="note {{tone}}" role="alert">{{text}} {{#href}}<a href="{{href}}">{{link}}</a>{{/href}}</p>{{/alarms}}
    <dl class="figures">{{#figures}}<div class="{{tone}}"><dt>{{name}}</dt><dd>{{value}}<small>{{more}}</small></dd></div>{{/figures}}</dl>
    <h2 id="on-their-way">Rollouts on their way</h2>
    {{#rollouts}}<ul class="cards" aria-labelledby="on-their-way">{{#list}}{{>rollout-card}}{{/list}}</ul>{{/rollouts}}
    {{^rollouts}}<p class="empty">No rollout is on its way. One begins when a node first asks for a version that policy stages.</p>{{/rollouts}}
    {{#more}}<p><a href="/rollouts">All rollouts</a></p>{{/more}}
    <h2>Rings</h2>
    {{#rings}}<table class="stack"><caption>The rings of the fleet's configuration, in the order in which they open.</caption>
    <thead><tr><th scope="col">Ring</th><th scope="col">Groups</th><th scope="col" class="number">Nodes</th>
    <th scope="col" class="number">At work</th><th scope="col">Soak</th><th scope="col">Opens with</th></tr></thead>
    <tbody>{{#list}}<tr><th scope="row">{{name}}</th><td data-head="Groups">{{groups}}</td>
    <td class="number" data-head="Nodes">{{nodes}}</td><td class="number" data-head="At work">{{used}} of {{limit}}</td>
    <td data-head="Soak">{{soak}}</td><td data-head="Opens with">{{approval}}</td></tr>{{/list}}</tbody></table>{{/rings}}
    {{^rings}}<p class="empty">No fleet configuration is in force: every staged update waits.</p>{{/rings}}
    {{#held}}<h2>Held on most nodes</h2>{{>held-table}}<p><a href="/held">All held updates</a></p>{{/held}}
    </div>
    """,
    "rollouts": """
    <h1>Rollouts</h1>
    <div data-part="rollouts">
    <h2>By source and version</h2>
    {{#rows}}<ul class="cards">{{#list}}{{>rollout-card}}{{/list}}</ul>{{/rows}}
    {{^rows}}<p class="empty">There is no rollout here.</p>{{/rows}}
    {{#pager}}{{>pager}}{{/pager}}
    </div>
    """,
    "rollout": """
    <p class="crumbs"><a href="/rollouts">Rollouts</a></p>
    <h1><bdi>{{id}}</bdi></h1>
    <div data-part="rollout">
    <p>{{#status}}{{>chip}}{{/status}} begun {{#created}}{{>time}}{{/created}}</p>
    {{#halted}}<p class="note {{tone}}">{{text}} {{#time}}{{>time}}{{/time}}</p>{{/halted}}
    {{#waits}}<section class="note" aria-labelledby="waits"><h2 id="waits">Why it waits</h2>
    <ul class="why">{{#lines}}<li>{{.}}</li>{{/lines}}</ul></section>{{/waits}}
    <h2>Rings</h2>
    {{>rings}}
    {{#details}}<h2>What each ring waits for</h2><table class="stack"><thead><tr><th scope="col">Ring</th><th scope="col">Soaked</th>
    <th scope="col">Opened</th><th scope="col">Approved by</th><th scope="col">Waits for</th></tr></thead><tbody>
    {{#list}}<tr><th scope="row">{{name}}</th><td data-head="Soaked">{{soaked}} of {{needed}} needed</td>
    <td data-head="Opened">{{#opened}}{{>time}}{{/opened}}{{^opened}}not yet{{/opened}}</td>
    <td data-head="Approved by">{{approved}}</td>
    <td data-head="Waits for">{{#ringwaits}}<ul>{{#lines}}<li>{{.}}</li>{{/lines}}</ul>{{/ringwaits}}{{^ringwaits}}nothing{{/ringwaits}}</td></tr>{{/list}}
    </tbody></table>{{/details}}
    </div>
    {{#orders}}<h2>What you may do</h2><div class="orders">{{#list}}<div class="card">{{>order}}</div>{{/list}}</div>{{/orders}}
    <div class="pair">
    <section aria-labelledby="timeline" data-part="timeline"><h2 id="timeline">Timeline</h2>
    {{#earlier}}<p class="dim">{{earlier}}</p>{{/earlier}}
    {{#entries}}<ol class="timeline">{{#list}}<li class="{{tone}}"><p><b>{{what}}</b> {{#where}}{{where}}{{/where}}</p>
    <p>{{reason}}</p><p class="dim"><bdi>{{by}}</bdi>, {{#time}}{{>time}}{{/time}}</p></li>{{/list}}</ol>{{/entries}}
    {{^entries}}<p class="empty">Nothing has happened yet.</p>{{/entries}}</section>
    <section aria-labelledby="members" data-part="members"><h2 id="members">Nodes</h2>
    {{#members}}<table class="stack"><thead><tr><th scope="col">Node</th><th scope="col">Ring</th><th scope="col">Phase</th><th scope="col">Since</th></tr></thead>
    <tbody>{{#list}}<tr><th scope="row"><a href="{{href}}">{{node}}</a></th><td data-head="Ring">{{ring}}</td>
    <td>{{#phase}}{{>chip}}{{/phase}}{{#why}}<br><span class="dim">{{why}}</span>{{/why}}</td>
    <td data-head="Since">{{#since}}{{>time}}{{/since}}</td></tr>{{/list}}</tbody></table>{{/members}}
    {{^members}}<p class="empty">No node has asked for this version here.</p>{{/members}}
    {{#pager}}{{>pager}}{{/pager}}</section>
    </div>
    {{#packages}}<details><summary>{{heading}}</summary><ul>{{#list}}<li><code>{{.}}</code></li>{{/list}}</ul></details>{{/packages}}
    """,
    "approvals": """
    <h1>Approvals</h1>
    <p class="dim">A ring that asks for approvals opens when enough different people have agreed. Every word is in the rollout's record.</p>
    {{#rings}}<ul class="cards">{{#list}}<li class="card"><header><h2><a href="{{href}}"><bdi>{{id}}</bdi></a>, ring {{ring}}</h2>
    <span class="dim">{{have}} of {{need}} approvals{{#people}}: {{people}}{{/people}}</span></header>
    {{#ringwaits}}<ul class="why">{{#lines}}<li>{{.}}</li>{{/lines}}</ul>{{/ringwaits}}
    {{#order}}{{>order}}{{/order}}{{^order}}<p class="dim">{{whynot}}</p>{{/order}}</li>{{/list}}</ul>{{/rings}}
    {{^rings}}<p class="empty">No ring waits for an approval.</p>{{/rings}}
    <h2>Halt</h2>
    {{#halts}}<div class="orders">{{#list}}<div class="card">{{>order}}</div>{{/list}}</div>{{/halts}}
    {{^halts}}<p class="empty">{{nohalts}}</p>{{/halts}}
    """,
  ]
}
