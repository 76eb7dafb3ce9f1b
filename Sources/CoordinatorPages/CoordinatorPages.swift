// CoordinatorPages: what operators and auditors see in a browser, as values in and markup out.
//
// Knows: the pages, their templates, style sheet and script, and how what others wrote becomes harmless markup.
// Must never know: HTTP, sessions, stores, the clock: what a page shows and the time are arguments.
