extension Templates {
  static let records: [String: String] = [
    "held-table": """
    <table class="stack"><caption>{{caption}}</caption><thead><tr>
    {{#columns}}<th scope="col"{{#number}} class="number"{{/number}}{{#sorted}} aria-sort="{{sorted}}"{{/sorted}}>{{#sort}}<a href="{{sort}}">{{name}}</a>{{/sort}}{{^sort}}{{name}}{{/sort}}</th>{{/columns}}
    </tr></thead><tbody>
    {{#rows}}<tr><th scope="row"><a href="{{href}}"><bdi>{{source}}</bdi></a></th><td class="version" data-head="Version"><bdi>{{version}}</bdi></td>
    <td>{{#verdict}}{{>chip}}{{/verdict}}{{#security}} {{>chip}}{{/security}}</td><td class="number" data-head="Nodes">{{nodes}}</td>
    <td data-head="Held since">{{#since}}{{>time}}{{/since}}{{^since}}unknown{{/since}}</td><td data-head="Rules">{{rules}}</td>
    <td data-head="Why">{{message}}</td></tr>{{/rows}}
    </tbody></table>
    """,
    "held": """
    <h1>Held updates</h1>
    <form class="filter" method="get" action="/held" data-filter role="search">
    <div><label for="q">Source, version or reason</label><input id="q" name="q" type="search" value="{{q}}" autocomplete="off"></div>
    <div><label for="verdict">Verdict</label><select id="verdict" name="verdict">
    {{#verdicts}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{name}}</option>{{/verdicts}}</select></div>
    <div><label for="sort">Sorted by</label><select id="sort" name="sort">
    {{#sorts}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{name}}</option>{{/sorts}}</select></div>
    <button>Filter</button>
    </form>
    <div data-part="held">
    <p>{{summary}} <a href="{{csv}}">CSV</a></p>
    {{#any}}{{>held-table}}{{/any}}{{^any}}<p class="empty">Nothing that is held matches.</p>{{/any}}
    {{#pager}}{{>pager}}{{/pager}}
    {{#counted}}<p class="dim">Counted {{>time}}.</p>{{/counted}}
    </div>
    """,
    "held-update": """
    <p class="crumbs"><a href="/held">Held updates</a></p>
    <h1><bdi>{{id}}</bdi></h1>
    <p>{{summary}} <a href="{{csv}}">CSV</a> {{#rollout}}<a href="{{rollout}}">The rollout</a>{{/rollout}}</p>
    {{#any}}<table class="stack"><thead><tr><th scope="col">Node</th><th scope="col">Verdict</th><th scope="col">Held since</th><th scope="col">Rules</th><th scope="col">Why</th></tr></thead><tbody>
    {{#rows}}<tr><th scope="row"><a href="{{href}}">{{node}}</a></th><td>{{#verdict}}{{>chip}}{{/verdict}}</td>
    <td data-head="Held since">{{#since}}{{>time}}{{/since}}{{^since}}unknown{{/since}}</td><td data-head="Rules">{{rules}}</td><td data-head="Why">{{message}}</td></tr>{{/rows}}
    </tbody></table>{{/any}}{{^any}}<p class="empty">No node holds it.</p>{{/any}}
    {{#pager}}{{>pager}}{{/pager}}
    """,
    "nodes": """
    <h1>Nodes</h1>
    <form class="filter" method="get" action="/nodes" data-filter role="search">
    <div><label for="name">Name begins with</label><input id="name" name="name" type="search" value="{{prefix}}" autocomplete="off" spellcheck="false"></div>
    <button>Filter</button></form>
    <div data-part="nodes">
    {{#any}}<table class="stack"><thead><tr><th scope="col">Node</th><th scope="col">Ring</th><th scope="col">State</th><th scope="col" class="number">Held</th><th scope="col">Owed restarts</th><th scope="col">Ledger</th><th scope="col">Heard from</th></tr></thead><tbody>
    {{#rows}}<tr><th scope="row"><a href="{{href}}">{{node}}</a></th><td data-head="Ring">{{ring}}</td><td>{{#state}}{{>chip}}{{/state}}{{#why}}<br><span class="dim">{{why}}</span>{{/why}}</td>
    <td class="number" data-head="Held">{{held}}</td><td data-head="Owed restarts">{{owed}}</td><td data-head="Ledger">{{#ledger}}{{>chip}}{{/ledger}}</td>
    <td data-head="Heard from">{{#seen}}{{>time}}{{/seen}}</td></tr>{{/rows}}</tbody></table>{{/any}}
    {{^any}}<p class="empty">No node of that name has checked in.</p>{{/any}}
    {{#pager}}{{>pager}}{{/pager}}
    </div>
    """,
    "node": """
    <p class="crumbs"><a href="/nodes">Nodes</a></p>
    <h1>{{node}}</h1>
    <div data-part="node">
    <p>{{#state}}{{>chip}}{{/state}} heard from {{#seen}}{{>time}}{{/seen}}</p>
    {{#why}}<p class="note warn">{{why}}</p>{{/why}}
    <div class="pair">
    <section class="card" aria-labelledby="about"><h2 id="about">About</h2><dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd><bdi>{{value}}</bdi></dd></div>{{/facts}}</dl></section>
    <section class="card" aria-labelledby="ledger"><h2 id="ledger">Ledger</h2>{{#ledger}}<p>{{#state}}{{>chip}}{{/state}}</p><p>{{text}}</p><dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd><code>{{value}}</code></dd></div>{{/facts}}</dl>
    {{#checkpoint}}<details><summary>Checkpoint</summary>{{#lines}}<div><code>{{.}}</code></div>{{/lines}}</details>{{/checkpoint}}{{/ledger}}
    {{^ledger}}<p class="empty">The node has told nothing of its ledger.</p>{{/ledger}}</section>
    </div>
    {{#memberships}}<h2>Rollouts</h2><table class="stack"><thead><tr><th scope="col">Rollout</th><th scope="col">Ring</th><th scope="col">Phase</th><th scope="col">Since</th></tr></thead><tbody>
    {{#list}}<tr><th scope="row"><a href="{{href}}"><bdi>{{id}}</bdi></a></th><td data-head="Ring">{{ring}}</td><td>{{#phase}}{{>chip}}{{/phase}} {{#reason}}<span class="dim">{{reason}}</span>{{/reason}}</td><td data-head="Since">{{#since}}{{>time}}{{/since}}</td></tr>{{/list}}</tbody></table>{{/memberships}}
    <h2>Decisions</h2>
    {{#decisions}}<ul class="cards">{{#list}}<li class="card"><article><header><h3><bdi>{{source}}</bdi> <span class="dim"><bdi>{{from}}</bdi> → <bdi>{{to}}</bdi></span></h3> {{#verdict}}{{>chip}}{{/verdict}}{{#security}} {{>chip}}{{/security}}
    <span class="dim">{{#decided}}decided {{>time}}{{/decided}}</span></header>
    {{#message}}<p>{{message}}</p>{{/message}}
    <dl class="facts">{{#facts}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>{{/facts}}</dl>
    {{#effects}}<details{{#few}} open{{/few}}><summary>{{heading}}</summary><table class="stack"><thead><tr><th scope="col">Effect</th><th scope="col">Unit</th><th scope="col">Call</th><th scope="col">How sure</th><th scope="col">Read from</th></tr></thead><tbody>
    {{#list}}<tr><th scope="row">{{kind}}</th><td data-head="Unit">{{unit}}</td><td data-head="Call">{{verb}}</td><td data-head="How sure">{{certainty}}</td><td data-head="Read from">{{basis}}</td></tr>{{/list}}</tbody></table></details>{{/effects}}
    </article></li>{{/list}}</ul>{{/decisions}}
    {{^decisions}}<p class="empty">Nothing is pending or held on this node.</p>{{/decisions}}
    <h2>Owed restarts</h2>
    {{#restarts}}<table class="stack"><thead><tr><th scope="col">Unit</th><th scope="col">Owed since</th><th scope="col">For</th></tr></thead><tbody>{{#list}}<tr><th scope="row"><code>{{unit}}</code></th><td data-head="Owed since">{{#since}}{{>time}}{{/since}}</td><td data-head="For">{{sources}}</td></tr>{{/list}}</tbody></table>{{/restarts}}
    {{^restarts}}<p class="empty">No restart is owed.</p>{{/restarts}}
    <h2 id="drift">Transactions and drift</h2>
    {{#runs}}<ul class="cards">{{#list}}<li class="card"><article><header><h3>{{subject}}</h3> {{#result}}{{>chip}}{{/result}} <span class="dim">{{#began}}{{>time}}{{/began}}</span></header>
    {{#text}}<p>{{text}}</p>{{/text}}
    {{#picture}}<details class="drift"{{#open}} open{{/open}}><summary>{{heading}}</summary>{{{markup}}}</details>{{/picture}}
    </article></li>{{/list}}</ul>{{/runs}}
    {{^runs}}<p class="empty">The node has told of no transaction.</p>{{/runs}}
    </div>
    """,
    "audit": """
    <h1>Audit log</h1>
    <p class="note {{#chain}}{{tone}}{{/chain}}" role="status">{{#chain}}{{text}}{{/chain}}</p>
    {{#alarms}}<h2>Ledgers that contradict what was seen</h2><ul class="cards">{{#list}}<li class="card"><h3><a href="{{href}}">{{node}}</a></h3><p>{{text}}</p></li>{{/list}}</ul>{{/alarms}}
    {{#any}}<table class="stack"><thead><tr><th scope="col">No.</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">About</th><th scope="col">Reason</th><th scope="col">Record</th></tr></thead><tbody>
    {{#rows}}<tr><th scope="row">{{number}}</th><td>{{#time}}{{>time}}{{/time}}</td><td data-head="Who"><bdi>{{by}}</bdi></td><td data-head="What">{{what}}</td><td data-head="About"><bdi>{{about}}</bdi></td><td data-head="Reason">{{reason}}</td><td>{{#record}}{{>chip}}{{/record}}</td></tr>{{/rows}}</tbody></table>{{/any}}
    {{^any}}<p class="empty">Nobody has done anything yet.</p>{{/any}}
    {{#pager}}{{>pager}}{{/pager}}
    """,
  ]
}
