/** Where it is kept whether keys of a single character do anything. */
export const SINGLE_KEYS = 'keys.single'

/** The keys of the console. Those of a single character can be switched off (WCAG 2.1.4). */
export const keys = [
  { keys: ['Ctrl', 'K'], does: 'Search' },
  { keys: ['/'], does: 'Search in the list, or everywhere where there is none', isSingle: true },
  { keys: ['j'], does: 'Next row', isSingle: true },
  { keys: ['k'], does: 'Previous row', isSingle: true },
  { keys: ['↓', '↑'], does: 'Next and previous row, from within a table' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['?'], does: 'Show the keys', isSingle: true },
  { keys: ['Esc'], does: 'Close a dialog' },
] as const

/** Whether what is typed belongs to a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=combobox], [role=listbox]'))
  )
}

/** Rows of the lists on the page, the details of an open row left out. */
const rowsOf = () => [
  ...document.querySelectorAll<HTMLElement>('main tbody tr.RaDataTable-row, main tbody tr[data-row]'),
]

/** Moves the focus to the next row or the one before, by what names the row. Returns whether there is one. */
export function focusRow(step: 1 | -1): boolean {
  const rows = rowsOf()
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const row = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step]
  if (row === undefined) return false
  const named = row.querySelector<HTMLElement>('a[href], button')
  if (named === null) row.tabIndex = -1
  ;(named ?? row).focus()
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/** Whether the focus is in a row of a list. */
export function isInRow(): boolean {
  return rowsOf().some((row) => row.contains(document.activeElement))
}

/** The search field of the list on the page. */
export function listSearch(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[type=search]')
}
