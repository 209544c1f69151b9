import { Box, Table, type TableProps } from '@mantine/core'

/** A table on a surface of its own; `isCards`: on a phone a list of cards. */
export function Sheet({
  isCards = false,
  mt,
  className,
  ...table
}: TableProps & { readonly isCards?: boolean }) {
  return (
    <Box className="sheet" {...(mt !== undefined && { mt })}>
      <Table {...table} className={isCards ? 'cards' : className} />
    </Box>
  )
}
