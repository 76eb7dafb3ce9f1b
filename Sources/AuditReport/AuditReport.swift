// AuditReport: what an auditor asks of one node, answered from its ledger.
//
// Knows: ledger entries, what they come to over a period, and how that is written as HTML, CSV, JSON and Markdown.
// Must never know: files, the database, the clock, packages' contents, policies.
