import { Box, LinearProgress, Paper, Stack } from '@mui/material'
import type { ReactNode } from 'react'
import {
  DataTable,
  ListBase,
  Pagination,
  type RowClickFunction,
  type SortPayload,
  useListContext,
} from 'react-admin'
import { Nothing } from './Page.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'

/** The server's own bound is higher; more rows than this are found by a filter, not by reading. */
const pageSizes = [25, 50, 100]

/** The order is the server's. */
const unsorted: SortPayload = { field: '', order: 'ASC' }

/** Others work on the same lists: what one decided is gone from everybody's within this. */
const refreshMs = 10_000

/** A failure stands in the list's place, so no message flies in beside it. */
const shownInPlace = { retry: false, onError: () => undefined, refetchInterval: refreshMs }

/** On a narrower screen a table scrolls: no word of it is broken. Pixels. */
const tableWidthMin = 720

type RecordTableProps = {
  /** The path of the list below `/api/`. */
  readonly resource: string
  readonly sort?: SortPayload
  /** Tabs and fields above the table. */
  readonly controls?: ReactNode
  /** What to say when there is nothing at all. */
  readonly empty: { readonly title: string; readonly text?: ReactNode }
  /** What to say when the filters to begin with find nothing; by default what any filter says then. */
  readonly emptyAtFirst?: RecordTableProps['empty'] | undefined
  /** Where a click on a row leads; nowhere by default. */
  readonly rowClick?: RowClickFunction | 'show' | 'expand' | false
  readonly expand?: ReactNode
  /** A list inside a page leaves the address alone. */
  readonly inside?: boolean
  readonly perPage?: number
  /** Filters to begin with; an address that sets filters has its own. */
  readonly filterAtFirst?: Readonly<Record<string, unknown>>
  /** Filters that are not the operator's to change. */
  readonly filter?: Readonly<Record<string, unknown>>
  readonly children: ReactNode
}

/** A list that the server pages, sorts and filters, with what to show while it loads, when it fails and when it is empty. */
export function RecordTable({
  resource,
  sort = unsorted,
  inside = false,
  perPage = 25,
  filter,
  filterAtFirst,
  ...rest
}: RecordTableProps) {
  return (
    <ListBase
      resource={resource}
      perPage={perPage}
      exporter={false}
      sort={sort}
      queryOptions={shownInPlace}
      disableSyncWithLocation={inside}
      {...(inside ? { storeKey: false as const } : {})}
      {...(filter === undefined ? {} : { filter })}
      {...(filterAtFirst === undefined ? {} : { filterDefaultValues: filterAtFirst })}
    >
      <Body {...rest} inside={inside} filterAtFirst={filterAtFirst ?? {}} />
    </ListBase>
  )
}

type BodyProps = Omit<RecordTableProps, 'resource' | 'sort' | 'perPage' | 'filter' | 'filterAtFirst'> & {
  readonly filterAtFirst: Readonly<Record<string, unknown>>
}

function Body({
  controls,
  empty,
  emptyAtFirst,
  filterAtFirst,
  rowClick = false,
  expand,
  inside,
  children,
}: BodyProps) {
  const { error, refetch, isFetching, filterValues, total } = useListContext()
  const Frame = inside === true ? Box : Paper
  const nothing = nothingAs(filterValues, { empty, emptyAtFirst, filterAtFirst })
  return (
    <>
      {controls === undefined ? null : (
        <Stack
          direction="row"
          sx={{
            alignItems: 'center',
            gap: 1.5,
            flexWrap: 'wrap',
            mb: 1.5,
            p: inside === true ? 1.5 : 0,
            pb: 0,
          }}
        >
          {controls}
        </Stack>
      )}
      {error ? (
        <ProblemAlert error={error} onRetry={refetch} />
      ) : (
        <Frame sx={{ position: 'relative', overflowX: 'auto' }}>
          <Box sx={{ height: 2 }}>
            {isFetching ? <LinearProgress sx={{ height: 2 }} aria-label="Loading" /> : null}
          </Box>
          <DataTable
            bulkActionButtons={false}
            rowClick={rowClick}
            size="small"
            sx={{ minWidth: inside === true ? 0 : tableWidthMin }}
            {...(expand === undefined ? {} : { expand })}
            empty={<Nothing title={nothing.title}>{nothing.text}</Nothing>}
          >
            {children}
          </DataTable>
          {(total ?? 0) > 0 ? <Pagination rowsPerPageOptions={pageSizes} /> : null}
        </Frame>
      )}
    </>
  )
}

/** What an empty table says: that there is nothing at all, or nothing by these filters. */
function nothingAs(
  filters: Readonly<Record<string, unknown>>,
  { empty, emptyAtFirst, filterAtFirst }: Pick<BodyProps, 'empty' | 'emptyAtFirst' | 'filterAtFirst'>,
): RecordTableProps['empty'] {
  if (Object.keys(filters).length === 0) return empty
  const isAsAtFirst = JSON.stringify(filters) === JSON.stringify(filterAtFirst)
  if (isAsAtFirst && emptyAtFirst !== undefined) return emptyAtFirst
  return { title: 'Nothing matches', text: 'Take a filter away to see more.' }
}
