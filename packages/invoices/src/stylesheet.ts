/** Uses the reader's own fonts, so that nothing is fetched. */
export const stylesheet = `
@page { size: A4; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
html { background: #f1f3f5 }
body { color: #16181d; font: 10pt/1.5 "Noto Sans", "Noto Sans SC", "Helvetica Neue", "PingFang SC", "Microsoft YaHei", Arial, sans-serif }
main { background: #fff; width: 210mm; min-height: 297mm; margin: 0 auto; padding: 20mm; overflow-wrap: anywhere }
.warning { border: 1.5pt solid #b42318; color: #b42318; font-weight: 700; margin-bottom: 8mm; padding: 2mm 4mm }
h1 { font-size: 24pt; font-weight: 700; letter-spacing: -.01em; line-height: 1.2 }
dt, .label, th { color: #5b6270; font-size: 8.5pt; font-weight: 400 }
.facts { border-bottom: .75pt solid #c9ced6; display: flex; gap: 14mm; margin-top: 6mm; padding-bottom: 6mm }
.facts dd { font-weight: 700 }
.parties { display: grid; gap: 10mm; grid-template-columns: 1fr 1fr; margin-top: 8mm }
.name { font-weight: 700; margin-top: .5mm }
table { border-collapse: collapse; margin-top: 12mm; width: 100% }
th { border-bottom: .75pt solid #16181d; padding: 0 4mm 2mm 0; text-align: left }
td { border-bottom: .75pt solid #c9ced6; padding: 3mm 4mm 3mm 0; vertical-align: top }
th:last-child, td:last-child { padding-right: 0; text-align: right; white-space: nowrap }
.ascii { color: #5b6270; font-size: 8.5pt }
.totals { display: grid; row-gap: 1.5mm; grid-template-columns: auto auto; justify-content: end; margin-top: 4mm; text-align: right }
.totals dt { font-size: 10pt; padding: 0 10mm 0 20mm }
.totals dd, td:last-child { font-variant-numeric: tabular-nums }
.totals .total { border-top: .75pt solid #16181d; color: #16181d; font-weight: 700; padding-top: 2mm }
.notes { margin-top: 14mm; max-width: 130mm }
.notes p + p { margin-top: 2mm }
@media print { html { background: none } }
`
