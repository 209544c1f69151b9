import { Box, LinearProgress, Paper, Stack } from '@mui/material'
import type { ReactNode } from 'react'
import {
  DataTable,
  ListBase,
  Pagination,
  type RaRecord,
  type RowClickFunction,
  type SortPayload,
  useListContext,
} from 'react-admin'
import { rangeOfMore } from '../format/words.ts'
import { DownloadCsv } from './DownloadCsv.tsx'
import { Nothing } from './Page.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'
import { SelectColumn, SelectedRows } from './SelectedRows.tsx'

/** The server's own bound is higher. */
const pageSizes = [25, 50, 100]

/** The order is the server's. */
const unsorted: SortPayload = { field: '', order: 'ASC' }

/** An error is shown in place of the list, so no notification is needed. */
const shownInPlace = { retry: false, onError: () => undefined }

/** On a narrower screen a table scrolls, so that no word is broken. */
const TABLE_WIDTH_MIN_PX = 720

type RecordTableProps = {
  /** The path of the list below `/api/`. */
  readonly resource: string
  readonly sort?: SortPayload
  /** Tabs and fields above the table. */
  readonly controls?: ReactNode
  /** Shown when the list is empty without filters. */
  readonly empty: { readonly title: string; readonly text?: ReactNode }
  /** Shown when the initial filters find nothing; by default the same as for any other filter. */
  readonly emptyAtFirst?: RecordTableProps['empty'] | undefined
  /** What a click on a row opens; nothing by default. */
  readonly rowClick?: RowClickFunction | 'show' | 'expand' | false
  readonly expand?: ReactNode
  /** Shown above the table while rows are selected. Without it rows cannot be selected. */
  readonly bulkActions?: ReactNode
  /** Which rows can be selected; all by default. */
  readonly isRowSelectable?: (record: RaRecord) => boolean
  /** A list that is part of a page does not change the address. */
  readonly inside?: boolean
  readonly perPage?: number
  /** Its columns leave room for a telephone: nothing scrolls sideways there. */
  readonly fitsPhone?: boolean
  /** The initial filters, unless the address sets filters. */
  readonly filterAtFirst?: Readonly<Record<string, unknown>>
  /** Filters that the operator cannot change. */
  readonly filter?: Readonly<Record<string, unknown>>
  readonly children: ReactNode
}

/** A list that the server pages, sorts and filters, with its loading, error and empty states. */
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
  bulkActions,
  isRowSelectable,
  inside,
  fitsPhone = false,
  children,
}: BodyProps) {
  const { error, refetch, isFetching, filterValues, total, meta } = useListContext()
  const Frame = inside === true ? Box : Paper
  const nothing = emptyText(filterValues, { empty, emptyAtFirst, filterAtFirst })
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
          {bulkActions === undefined ? null : <SelectedRows>{bulkActions}</SelectedRows>}
          <DataTable
            bulkActionButtons={false}
            rowClick={rowClick}
            size="small"
            sx={{ minWidth: inside === true || fitsPhone ? 0 : TABLE_WIDTH_MIN_PX }}
            {...(expand === undefined ? {} : { expand })}
            empty={<Nothing title={nothing.title}>{nothing.text}</Nothing>}
          >
            {bulkActions === undefined ? null : <SelectColumn isSelectable={isRowSelectable ?? anyRow} />}
            {children}
          </DataTable>
          {(total ?? 0) > 0 ? (
            <Stack
              direction="row"
              sx={{ alignItems: 'center', justifyContent: 'space-between', flexWrap: 'wrap', pl: 1 }}
            >
              <DownloadCsv />
              <Pagination
                rowsPerPageOptions={pageSizes}
                {...(isTotalExact(meta) ? {} : { labelDisplayedRows: rangeOfMore })}
              />
            </Stack>
          ) : null}
        </Frame>
      )}
    </>
  )
}

const anyRow = () => true

/** What the data provider says of the total. */
function isTotalExact(meta: unknown): boolean {
  return !(typeof meta === 'object' && meta !== null && Reflect.get(meta, 'isTotalExact') === false)
}

/** The text of an empty table: the list is empty, or the filters find nothing. */
function emptyText(
  filters: Readonly<Record<string, unknown>>,
  { empty, emptyAtFirst, filterAtFirst }: Pick<BodyProps, 'empty' | 'emptyAtFirst' | 'filterAtFirst'>,
): RecordTableProps['empty'] {
  if (Object.keys(filters).length === 0) return empty
  const isAsAtFirst = JSON.stringify(filters) === JSON.stringify(filterAtFirst)
  if (isAsAtFirst && emptyAtFirst !== undefined) return emptyAtFirst
  return { title: 'No matches', text: 'Remove a filter to see more.' }
}
