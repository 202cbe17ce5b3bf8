/**
 * The page's only style sheet; its hash is in the content security policy. Every pair of colors has a
 * contrast of at least 4.5 to 1 (WCAG 2.2, AA), in light and in dark.
 */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #f3f4f6; --card: #ffffff; --text: #1b1a19; --quiet: #55585d; --line: #767a80; --soft: #d9dce1; --accent: #0f5cad; --on-accent: #ffffff; --bad: #a4262c; --bad-back: #fdf3f3; }
@media (prefers-color-scheme: dark) { :root { --back: #16181b; --card: #212428; --text: #f1f1f0; --quiet: #b9bdc4; --line: #8d9299; --soft: #3a3e44; --accent: #7db7f2; --on-accent: #10151b; --bad: #ff9c9c; --bad-back: #3a2022; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 2.25rem 2.5rem; background: var(--card); border: 1px solid var(--soft); border-radius: 0.75rem; }
@media (min-width: 46rem) { main { margin: 3rem auto; } }
@media (max-width: 45.99rem) { main { min-height: 100vh; border: 0; border-radius: 0; padding: 1.25rem 1.1rem 2rem; } }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 0.35rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.35rem; }
p { margin: 0.6rem 0; }
.quiet { color: var(--quiet); font-size: 0.92rem; font-weight: 400; }
.message { margin: 1.25rem 0; padding: 0.25rem 0 0.25rem 1rem; border-left: 4px solid var(--soft); overflow-x: auto; }
.message h1, .message h2, .message h3 { font-size: 1.15rem; margin: 0.8rem 0 0.3rem; }
.message table { border-collapse: collapse; }
.message th, .message td { border: 1px solid var(--soft); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
.message pre { white-space: pre-wrap; }
a { color: var(--accent); }
fieldset { border: 0; margin: 1.25rem 0; padding: 0; min-width: 0; }
legend, .field > label { display: block; font-weight: 600; margin: 0 0 0.4rem; padding: 0; }
.choice { display: flex; gap: 0.75rem; align-items: center; min-height: 3rem; margin: 0.5rem 0; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer; }
.choice:has(input:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.choice input { width: 1.2rem; height: 1.2rem; margin: 0; accent-color: var(--accent); flex: none; }
.field { margin: 1.25rem 0; }
textarea, input[type="text"] { width: 100%; padding: 0.6rem 0.75rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
input[type="text"] { max-width: 12rem; font-size: 1.25rem; letter-spacing: 0.12em; display: block; margin-top: 0.4rem; }
[aria-invalid="true"] { border-color: var(--bad); }
fieldset[aria-invalid="true"] { border-left: 4px solid var(--bad); padding-left: 0.75rem; }
.problems { margin: 1.25rem 0; padding: 0.5rem 1rem; color: var(--bad); background: var(--bad-back); border: 1px solid var(--bad); border-radius: 0.5rem; }
.problems a { color: inherit; }
.problems ul { margin: 0.3rem 0 0.5rem; padding-left: 1.25rem; }
button { min-height: 3rem; padding: 0.6rem 1.75rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: 0.5rem; cursor: pointer; }
@media (max-width: 30rem) { button { width: 100%; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
blockquote { margin: 0.5rem 0; padding: 0.25rem 1rem; border-left: 4px solid var(--soft); white-space: normal; }
`;
