import { Table, type TableProps } from '@mantine/core'

/** A table on a surface of its own; `isCards`: on a phone a list of cards. */
export function Sheet({ isCards = false, ...table }: TableProps & { readonly isCards?: boolean }) {
  return (
    <div className="sheet">
      <Table {...table} className={isCards ? 'cards' : undefined} />
    </div>
  )
}
