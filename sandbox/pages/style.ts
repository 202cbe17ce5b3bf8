/** The one style sheet of all pages; colors follow the reader's light or dark setting. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--page: light-dark(#f3f4f6, #15171b);
	--card: light-dark(#ffffff, #1f2228);
	--ink: light-dark(#1b1d21, #e9eaee);
	--quiet: light-dark(#5c6370, #a2a9b5);
	--line: light-dark(#dfe2e7, #363b44);
	--accent: light-dark(#0f6cbd, #5aa9ee);
	--on-accent: light-dark(#ffffff, #0d1420);
	--alarm: light-dark(#b3261e, #ff8a80);
	--tint: light-dark(#eef4fb, #22303f);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
a { color: var(--accent); }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .75rem; line-height: 1.25; }
h2 { font-size: 1.05rem; font-weight: 600; margin: 0; }
p { margin: .4rem 0; }
.quiet { color: var(--quiet); }
.alarm { color: var(--alarm); }
code { font: .88em ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
input, select, button { font: inherit; }
input:not([type=checkbox]), select { width: 100%; padding: .45rem .6rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 4px; }
button { padding: .42rem 1.1rem; border: 1px solid var(--line); border-radius: 4px; background: transparent; color: inherit; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem 1.5rem; margin: 0 0 1rem; }
.actions { display: flex; gap: .5rem; justify-content: flex-end; margin-top: 1.25rem; }

.entra main { max-width: 27.5rem; margin: 8vh auto; padding: 0 1rem; }
.entra .card { padding: 2.25rem 2.5rem; box-shadow: 0 2px 10px #0002; }
.entra .cloud { font-weight: 600; color: var(--quiet); margin-bottom: 1rem; }
.entra .stand-in { text-align: center; font-size: .85rem; }
.tile { display: block; width: 100%; text-align: left; border: 0; border-radius: 4px; padding: .55rem .6rem; }
.tile:hover { background: var(--tint); }
.tile { padding-block: .35rem; }
.tile > span:not(.badge) { display: block; }
details.permission { border-top: 1px solid var(--line); padding: .5rem 0; }
details.permission summary { cursor: pointer; }

nav { display: flex; gap: 1.25rem; align-items: center; padding: .7rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line); }
nav a { text-decoration: none; }
nav .brand { font-weight: 600; color: var(--ink); }
.board main { max-width: 62rem; margin: 1.5rem auto; padding: 0 1.25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.mail header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.mail dd { white-space: pre-line; }
.mail iframe { display: block; width: 100%; height: 16rem; min-height: 4rem; resize: vertical; border: 1px solid var(--line); border-radius: 4px; background: #fff; color-scheme: light; }
.mail pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 4px; padding: .75rem; font: inherit; }
.badge { display: inline-block; font-size: .8rem; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; margin-right: .3rem; }
.badge.strong { border-color: var(--alarm); color: var(--alarm); }
.files { list-style: none; padding: 0; margin: .6rem 0 0; }
.files li { border-top: 1px solid var(--line); padding: .35rem 0; }
.files code { color: var(--quiet); display: block; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .5rem .6rem .5rem 0; border-top: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 500; border-top: 0; }
.faults { list-style: none; margin: .6rem 0 0; padding: 0; }
.faults li { border-top: 1px solid var(--line); padding: .55rem .5rem; margin: 0 -.5rem; }
.faults li.on { background: var(--tint); }
.fault { display: flex; gap: .75rem; align-items: center; justify-content: space-between; }
.fault button { flex: none; white-space: nowrap; padding: .2rem .8rem; }
.faults summary { cursor: pointer; color: var(--quiet); font-size: .88rem; width: max-content; }
.settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem .75rem; margin: .4rem 0; }
.settings label { font-size: .88rem; color: var(--quiet); }
@media (max-width: 40rem) {
	nav { padding: .7rem 1rem; }
	.board main { margin: 1rem auto; padding: 0 .75rem; }
	.card { padding: 1rem; }
	.board dl { grid-template-columns: 1fr; }
	.board dd { margin-bottom: .35rem; }
	.mail header { flex-direction: column; gap: 0; }
	.board table, .board tbody, .board tr, .board td { display: block; }
	.board th { display: none; }
	.board td { border-top: 0; padding: .1rem 0; }
	.board tr { border-top: 1px solid var(--line); padding: .4rem 0; }
}
`;
