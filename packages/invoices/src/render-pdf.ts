import type { InvoiceDocument } from '@droplock/rules/invoices'
import PdfKit from 'pdfkit'
import { type FontName, fontFile, splitByFont, type Weight } from './fonts.ts'
import { composePage, type Fact, type InvoicePage, type Party } from './page.ts'

/** In points, on A4 portrait. */
const page = { left: 57, right: 538, top: 57, bottom: 785 }
const width = page.right - page.left
const ink = { text: '#16181d', quiet: '#5b6270', rule: '#c9ced6', warning: '#b42318' }

type Pdf = InstanceType<typeof PdfKit>

type Style = {
  readonly x?: number
  readonly width?: number
  readonly size?: number
  readonly weight?: Weight
  readonly color?: string
}

/**
 * The page as PDF with embedded fonts, on one sheet of A4: long texts scale everything down. The same document gives the same
 * octets: its only date is the date of issue, and nothing in it is random.
 */
export async function renderPdf(document: InvoiceDocument): Promise<Buffer<ArrayBuffer>> {
  const content = composePage(document)
  const pdf = open(document)
  const bottom = draw(pdf, content)
  if (bottom <= page.bottom) return finish(pdf)
  const smaller = open(document)
  const scale = (page.bottom - page.top) / (bottom - page.top)
  smaller.scale(scale, scale, { origin: [page.left, page.top] })
  draw(smaller, content)
  return finish(smaller)
}

function open(document: InvoiceDocument): Pdf {
  return new PdfKit({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    info: {
      Title: document.number,
      Author: document.seller.name,
      CreationDate: document.issuedAt,
      ModDate: document.issuedAt,
    },
  })
}

function finish(pdf: Pdf): Promise<Buffer<ArrayBuffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer<ArrayBuffer>>()
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  pdf.on('end', () => resolve(Buffer.concat(chunks)))
  pdf.on('error', reject)
  pdf.end()
  return promise
}

/** Returns the end of the contents, which may be below the sheet. */
function draw(pdf: Pdf, content: InvoicePage): number {
  let y = content.warning === undefined ? page.top : drawWarning(pdf, content.warning, page.top)
  y = write(pdf, content.title, y, { size: 24, weight: 'bold' }) + 14
  y = drawFacts(pdf, content.facts, y) + 16
  rule(pdf, y, ink.rule)
  y = drawParties(pdf, content.parties, y + 20) + 34
  y = drawLine(pdf, content.line, y) + 12
  y = drawTotals(pdf, content, y) + 40
  for (const note of content.notes) y = write(pdf, note, y, { width: 370 }) + 6
  return y
}

function drawWarning(pdf: Pdf, warning: string, y: number): number {
  const style = { x: page.left + 12, weight: 'bold', color: ink.warning } as const
  const bottom = write(pdf, warning, y + 7, style) + 7
  pdf
    .rect(page.left, y, width, bottom - y)
    .lineWidth(1.5)
    .stroke(ink.warning)
  return bottom + 24
}

/** Facts side by side. */
function drawFacts(pdf: Pdf, facts: readonly Fact[], y: number): number {
  const columnWidth = 150
  const bottoms = facts.map(({ label, value }, index) => {
    const x = page.left + index * (columnWidth + 16)
    const below = write(pdf, label, y, { x, width: columnWidth, size: 8.5, color: ink.quiet })
    return write(pdf, value, below, { x, width: columnWidth, weight: 'bold' })
  })
  return Math.max(y, ...bottoms)
}

function drawParties(pdf: Pdf, parties: readonly Party[], y: number): number {
  const gap = 28
  const columnWidth = (width - gap) / 2
  const bottoms = parties.map(({ label, name, lines }, index) => {
    const place = { x: page.left + index * (columnWidth + gap), width: columnWidth }
    let below = write(pdf, label, y, { ...place, size: 8.5, color: ink.quiet }) + 2
    below = write(pdf, name, below, { ...place, weight: 'bold' })
    for (const line of lines) below = write(pdf, line, below, place)
    return below
  })
  return Math.max(y, ...bottoms)
}

function drawLine(pdf: Pdf, line: InvoicePage['line'], y: number): number {
  const description = { x: page.left, width: 230 }
  const period = { x: page.left + 244, width: 130 }
  const amount = { x: page.left + 384, width: width - 384 }
  const label = { size: 8.5, color: ink.quiet }
  write(pdf, 'Description', y, { ...description, ...label })
  write(pdf, 'Period', y, { ...period, ...label })
  const below = writeRight(pdf, 'Net amount', y, { ...amount, ...label }) + 5
  rule(pdf, below, ink.text)
  const top = below + 9
  let bottom = write(pdf, line.description, top, description)
  if (line.ascii !== undefined) bottom = write(pdf, line.ascii, bottom, { ...description, ...label })
  const bottoms = [write(pdf, line.period, top, period), writeRight(pdf, line.amount, top, amount)]
  const end = Math.max(bottom, ...bottoms) + 9
  rule(pdf, end, ink.rule)
  return end
}

function drawTotals(pdf: Pdf, { totals, total }: InvoicePage, y: number): number {
  const label = { x: page.left + 190, width: 180 }
  const amount = { x: page.left + 384, width: width - 384 }
  let below = y
  for (const each of totals) {
    writeRight(pdf, each.label, below, { ...label, color: ink.quiet })
    below = writeRight(pdf, each.value, below, amount) + 4
  }
  rule(pdf, below + 2, ink.text, page.left + 250)
  below += 10
  writeRight(pdf, total.label, below, { ...label, weight: 'bold' })
  return writeRight(pdf, total.value, below, { ...amount, weight: 'bold' })
}

function rule(pdf: Pdf, y: number, color: string, left = page.left): void {
  pdf.moveTo(left, y).lineTo(page.right, y).lineWidth(0.75).stroke(color)
}

/** Embeds a font when it is first used: a Latin page has no Chinese font. */
function use(pdf: Pdf, name: FontName): void {
  pdf.registerFont(name, fontFile(name)).font(name)
}

/** The distance from the top of a line to its baseline, in font sizes. The same for all fonts, so that they share a baseline. */
const ascent = 1.069

/** Far below the sheet, so that no text starts a new page. */
const HEIGHT_MAX_POINTS = 10_000

/** Writes a text that wraps within its width, from `y` down. Returns the top of the next line. */
function write(pdf: Pdf, text: string, y: number, style: Style = {}): number {
  const { x = page.left, size = 10, weight = 'regular', color = ink.text } = style
  const options = { width: style.width ?? width, height: HEIGHT_MAX_POINTS, baseline: 'alphabetic' } as const
  const baseline = y + size * ascent
  const runs = splitByFont(text, weight)
  pdf.fillColor(color).fontSize(size)
  for (const [index, run] of runs.entries()) {
    const continued = index < runs.length - 1
    use(pdf, run.font)
    if (index === 0) pdf.text(run.text, x, baseline, { ...options, continued })
    else pdf.text(run.text, { ...options, continued })
  }
  return pdf.y - size * ascent
}

/** The same for right-aligned text in the Latin font. */
function writeRight(pdf: Pdf, text: string, y: number, style: Style & { x: number; width: number }): number {
  const { x, size = 10, weight = 'regular', color = ink.text } = style
  pdf.fillColor(color).fontSize(size)
  use(pdf, `latin-${weight}`)
  const options = {
    width: style.width,
    height: HEIGHT_MAX_POINTS,
    align: 'right',
    baseline: 'alphabetic',
  } as const
  pdf.text(text, x, y + size * ascent, options)
  return pdf.y - size * ascent
}
