import {
  Alert,
  Box,
  Button,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import type { BlockResults } from '../api/types.ts'
import { instantOfUtc } from '../format/time.ts'
import { counted } from '../format/words.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { namesIn } from '../schedule-changes/change-values.ts'
import { UtcInput } from '../schedules/UtcInput.tsx'

/** As many as the API takes at once. */
const NAMES_MAX = 200

type Values = { readonly names: string; readonly until: string; readonly reason: string }

const resultTexts: Readonly<Record<BlockResults['items'][number]['result'], string>> = {
  blocked: 'Blocked; not listed now',
  withdrawn: 'Blocked and withdrawn',
  held: 'Has a holder: propose its withdrawal on its page',
  already_blocked: 'Blocked already',
  invalid_name: 'No domain name',
  zone_not_served: 'Zone not served',
}

/** Blocks many names: a dry run shows what is done with each, and nothing is done before it was seen. */
export function BlockDialog({ onClose }: { onClose: () => void }) {
  const preview = usePreview((api, values: Values) =>
    api.post<BlockResults>('blocked-names', { ...commandOf(values), dry_run: true }),
  )
  const block = useAction<Values, BlockResults>({
    send: (api, values) => api.post('blocked-names', commandOf(values)),
    done: ({ items }) => `${counted(items.filter(isDone).length, 'name')} blocked.`,
    onDone: ({ items }) => {
      if (items.every(isDone)) onClose()
    },
  })
  const discard = () => {
    preview.reset()
    block.reset()
  }
  const result = block.data ?? preview.data
  const isOver = block.data !== undefined
  return (
    <FormDialog<Values>
      title="Block names"
      action={preview.data === undefined ? 'Preview' : 'Block'}
      tone={preview.data === undefined ? 'primary' : 'error'}
      maxWidth="md"
      initial={{ names: '', until: '', reason: '' }}
      change={preview.data === undefined ? preview : block}
      isReady={!isOver}
      beside={isOver ? <Button onClick={onClose}>Close</Button> : null}
      onClose={onClose}
    >
      <TextInput<Values>
        name="names"
        label="Names"
        required
        multiline
        minRows={4}
        maxRows={10}
        isValid={(text) => namesIn(text).length <= NAMES_MAX}
        helperText={`Up to ${NAMES_MAX}, one a line or with commas; also as they are typed in Unicode.`}
        onChange={discard}
      />
      <UtcInput<Values>
        name="until"
        label="Until"
        onChange={discard}
        ifEmpty="Empty: until an operator ends it"
      />
      <ReasonInput />
      {result === undefined ? (
        <Typography color="textSecondary">
          Listed names are withdrawn at once, and no later list lists them. A name with a holder needs two
          people.
        </Typography>
      ) : (
        <Results results={result} isOver={isOver} />
      )}
    </FormDialog>
  )
}

const isDone = ({ result }: BlockResults['items'][number]) => result === 'blocked' || result === 'withdrawn'

function commandOf({ names, until, reason }: Values) {
  return {
    names: namesIn(names),
    reason: reason.trim(),
    ...(until.trim() === '' ? {} : { until_at: instantOfUtc(until) }),
  }
}

function Results({ results: { items }, isOver }: { results: BlockResults; isOver: boolean }) {
  const notDone = items.filter((item) => !isDone(item)).length
  return (
    <>
      {notDone === 0 ? null : (
        <Alert severity="warning">
          {counted(notDone, 'name')} {isOver ? (notDone === 1 ? 'was' : 'were') : 'would be'} left as{' '}
          {notDone === 1 ? 'it is' : 'they are'}.
        </Alert>
      )}
      <Box sx={{ maxHeight: 260, overflow: 'auto' }}>
        <Table size="small" aria-label={isOver ? 'Result' : 'Preview'}>
          <TableHead>
            <TableRow>
              <TableCell>Name</TableCell>
              <TableCell>{isOver ? 'Done' : 'Would be done'}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {items.map(({ name, result, listing_id }) => (
              <TableRow key={name}>
                <TableCell>
                  {listing_id === undefined ? (
                    name
                  ) : (
                    <AppLink to={recordLink('listings', listing_id)}>{name}</AppLink>
                  )}
                </TableCell>
                <TableCell>{resultTexts[result]}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </>
  )
}
