import { theme } from "./theme.js";

const { light, dark } = theme;

/** The style sheet of every page. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:${light.ink};--surface:${light.surface};--ground:${light.ground};--line:${light.line};--soft:color-mix(in srgb,var(--ink) 66%,var(--surface))}
@media screen and (prefers-color-scheme:dark){:root{--ink:${dark.ink};--surface:${dark.surface};--ground:${dark.ground};--line:${dark.line}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 ${theme.font};-webkit-text-size-adjust:100%}
main{max-width:1016px;margin:0 auto;padding:40px 24px 56px}
header{margin-bottom:28px}
h1{margin:0;font-size:30px;line-height:1.2;letter-spacing:-.02em;overflow-wrap:anywhere}
h2{margin:0 0 2px;font-size:18px;line-height:1.35;letter-spacing:-.01em;overflow-wrap:anywhere}
.eyebrow{margin:0 0 6px;color:var(--soft);font-size:13px;letter-spacing:.04em}
.facts{display:flex;flex-wrap:wrap;gap:4px 22px;margin:12px 0 0;padding:0}
.facts div{display:flex;gap:6px}.facts dt{color:var(--soft)}.facts dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.strip{display:block;width:100%;height:6px;margin-top:20px;border-radius:3px}
.notes{margin:0 0 20px;padding:12px 16px 12px 34px;border-left:3px solid ${theme.warm};background:var(--surface);border-radius:0 10px 10px 0}
.card{background:var(--surface);border:1px solid var(--line);border-radius:12px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(212px,1fr));gap:12px;margin:0 0 40px}
.tile{padding:14px 16px 12px}.tile dt{color:var(--soft);font-size:13px}.tile dd{margin:0;font-size:25px;font-weight:650;line-height:1.3;letter-spacing:-.015em;font-variant-numeric:tabular-nums}
.tile small{display:block;margin-top:2px;color:var(--soft);font-size:12.5px;font-weight:400;letter-spacing:0;line-height:1.35}
section{margin:0 0 40px;min-width:0}
figure{margin:0}figcaption,.caption{margin:0 0 12px;color:var(--soft);max-width:76ch}
figure .card{padding:14px 8px 8px;overflow:hidden}
figure svg{display:block;width:100%;height:auto}
.narrow{display:none}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 20px}.pair>section{display:flex}.pair figure{display:flex;flex-direction:column;width:100%}.pair figcaption{flex:1}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:7px 16px;text-align:left}td.number{white-space:nowrap}th{color:var(--soft);font-weight:500;font-size:13px}
thead th{border-bottom:1px solid var(--line);padding-top:12px}tbody tr+tr td{border-top:1px solid color-mix(in srgb,var(--line) 55%,transparent)}
tbody tr:last-child td{padding-bottom:12px}.number{text-align:right}
.dense th,.dense td{padding:6px 9px}.dense :is(th,td):first-child{padding-left:16px}
tbody+tbody th{border-top:1px solid var(--line)}tbody th{padding-top:10px;font-weight:650;color:var(--ink)}
.exchange{display:inline-block;margin-right:14px;white-space:nowrap}
.swatch{display:inline-block;width:11px;height:11px;margin-right:6px;border-radius:3px}
details{padding:12px 16px}summary{cursor:pointer;font-weight:600}
pre{margin:12px 0 0;font:12.5px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:13px}a{color:inherit}
@media (max-width:700px){main{padding:24px 14px 40px}h1{font-size:24px}.pair{display:block}.tiles{grid-template-columns:1fr 1fr;gap:10px}.tile{padding:12px}.tile dd{font-size:21px}section{margin-bottom:30px}table{font-size:13.5px}th,td{padding:6px 7px}th{line-height:1.25;vertical-align:bottom}}
@media screen and (max-width:700px){.wide{display:none}.narrow{display:block}}
@media screen and (max-width:520px){.spare{display:none}}
@media print{body{background:#fff;font-size:12px}main{max-width:none;padding:0}.card{border-color:#ccc}section,figure,.tile,tr{break-inside:avoid}.scroll{overflow:visible}}
`.trim();
