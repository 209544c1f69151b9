import SearchIcon from '@mui/icons-material/Search'
import {
  Box,
  Dialog,
  InputAdornment,
  LinearProgress,
  TextField,
  Typography,
  useAutocomplete,
} from '@mui/material'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { problemOf } from '../api/problem.ts'
import type { Me, SearchResult } from '../api/types.ts'
import { useMe } from '../parts/hooks.ts'
import { ResultText } from './ResultText.tsx'
import { listTargets, pagesAndActions, resultTargets, type Target } from './targets.ts'

/** The server is asked once the person has stopped typing for this long. */
const TYPING_PAUSE_MS = 150

/** By one character nothing is found. */
const TYPED_MIN = 2

const LIST_HEIGHT_MAX = '60vh'

type SearchDialogProps = {
  readonly onChoose: (target: Target) => void
  readonly onClose: () => void
}

/** Finds pages, actions, names and records by what is typed; arrow keys and Enter choose. */
export function SearchDialog(props: SearchDialogProps) {
  const me = useMe()
  return (
    <Dialog
      open
      onClose={props.onClose}
      maxWidth="md"
      slotProps={{ paper: { 'aria-label': 'Search' } }}
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
    >
      {me === undefined ? null : <Search {...props} me={me} />}
    </Dialog>
  )
}

function Search({ onChoose, me }: SearchDialogProps & { me: Me }) {
  const [typed, setTyped] = useState('')
  const text = typed.trim()
  const { items, error, isFetching, isSettled } = useResults(text)
  const targets = [
    ...resultTargets(items),
    ...pagesAndActions(text, me),
    // Not before the results: the first of those is what Enter chooses.
    ...(text.length >= TYPED_MIN && isSettled ? listTargets(text) : []),
  ]
  const { getRootProps, getInputLabelProps, getInputProps, getListboxProps, getOptionProps } =
    useAutocomplete<Target, false, true, false>({
      open: true,
      options: targets,
      autoHighlight: true,
      disableClearable: true,
      filterOptions: (all) => all,
      getOptionLabel: ({ text: label }) => label,
      getOptionKey: ({ key }) => key,
      isOptionEqualToValue: (one, other) => one.key === other.key,
      inputValue: typed,
      onInputChange: (_event, value, reason) => reason === 'input' && setTyped(value),
      onChange: (_event, target) => onChoose(target),
    })
  return (
    <div {...getRootProps()}>
      <TextField
        autoFocus
        fullWidth
        label="Search"
        placeholder="Name, order, account, invoice, reference, page or action"
        sx={{ p: 2, pb: 1.5 }}
        slotProps={{
          inputLabel: { ...getInputLabelProps(), shrink: true, sx: { m: 2 } },
          htmlInput: { ...getInputProps(), maxLength: 100 },
          input: {
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          },
        }}
      />
      <Box sx={{ height: 2 }}>
        {isFetching ? <LinearProgress sx={{ height: 2 }} aria-label="Searching" /> : null}
      </Box>
      <Status error={error} count={targets.length} />
      <Box
        component="ul"
        {...getListboxProps()}
        aria-label="Results"
        sx={{ listStyle: 'none', m: 0, p: 1, pt: 0, maxHeight: LIST_HEIGHT_MAX, overflowY: 'auto' }}
      >
        {targets.map((target, index) => (
          <Option
            key={target.key}
            target={target}
            isFirst={targets[index - 1]?.group !== target.group}
            of={getOptionProps({ option: target, index })}
          />
        ))}
      </Box>
    </div>
  )
}

type OptionProps = {
  readonly target: Target
  readonly isFirst: boolean
  readonly of: React.HTMLAttributes<HTMLLIElement> & { readonly key?: unknown }
}

function Option({ target, isFirst, of: { key: _key, ...option } }: OptionProps) {
  return (
    <>
      {isFirst ? (
        <Typography
          component="li"
          role="presentation"
          variant="caption"
          color="textSecondary"
          sx={{ px: 1, pt: 1, pb: 0.5, fontWeight: 600 }}
        >
          {target.group}
        </Typography>
      ) : null}
      <Box
        component="li"
        {...option}
        sx={{
          px: 1,
          py: 0.75,
          borderRadius: 1,
          cursor: 'pointer',
          '&.Mui-focused': { bgcolor: 'action.selected' },
        }}
      >
        <ResultText target={target} />
      </Box>
    </>
  )
}

/** What a screen reader says while the list changes; an error is shown too. */
function Status({ error, count }: { error: unknown; count: number }) {
  if (error !== null) {
    return (
      <Typography role="alert" color="error" sx={{ px: 2, pb: 1 }}>
        {problemOf(error).detail}
      </Typography>
    )
  }
  if (count === 0) {
    return (
      <Typography role="status" color="textSecondary" sx={{ px: 2, pb: 2 }}>
        Nothing found. Search by a name or the beginning of it, an id, an account, an invoice number or a
        reference.
      </Typography>
    )
  }
  return (
    <Box
      role="status"
      sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
    >
      {count} results
    </Box>
  )
}

function useResults(text: string) {
  const api = useDataProvider<ConsoleDataProvider>()
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const isLong = asked.length >= TYPED_MIN
  const { data, error, isFetching } = useQuery<{ readonly items: readonly SearchResult[] }>({
    queryKey: ['search', asked],
    queryFn: () => api.get(`search?${new URLSearchParams({ q: asked })}`),
    enabled: isLong,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return {
    items: isLong && text.length >= TYPED_MIN ? (data?.items ?? []) : [],
    error: isLong ? error : null,
    isFetching,
    isSettled: asked === text && !isFetching,
  }
}
