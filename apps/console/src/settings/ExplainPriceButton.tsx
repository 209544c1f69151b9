import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
  Typography,
} from '@mui/material'
import { type FormEvent, useState } from 'react'
import type { Listing, PriceRules } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { usePreview } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

type Found = { readonly name: string; readonly rules: PriceRules['items'] } | undefined

/** Why a listed name costs what it costs: the rules that match it, in their order. */
export function ExplainPriceButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Why this price?
      </Button>
      {isOpen ? <ExplainDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ExplainDialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const ask = usePreview<string, Found>(async (api, name) => {
    const query = new URLSearchParams({ q: name, per_page: '25' })
    const { items } = await api.get<{ items: readonly Listing[] }>(`listings?${query}`)
    const listing = items.find((each) => each.name === name)
    if (listing === undefined) return undefined
    const { items: rules } = await api.get<PriceRules>(`listings/${listing.id}/price-rules`)
    return { name, rules }
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate(typed.trim().toLowerCase())
  }
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-label="Why this price?">
      <form onSubmit={submit}>
        <DialogTitle>Why this price?</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextField
              label="Listed name"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              autoFocus
              autoComplete="off"
              helperText="As an A-label, such as example.com"
            />
            {ask.error ? <ProblemAlert error={ask.error} /> : null}
            {ask.isSuccess ? <Rules found={ask.data} /> : null}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} color="inherit">
            Close
          </Button>
          <Button type="submit" variant="contained" disabled={typed.trim() === '' || ask.isPending}>
            Explain
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Rules({ found }: { found: Found }) {
  if (found === undefined) return <Typography>This name is not listed.</Typography>
  if (found.rules.length === 0)
    return <Typography>No rule matches: {found.name} cannot be ordered.</Typography>
  return (
    <Box component="ol" aria-label="Rules" sx={{ m: 0, pl: 3 }}>
      {found.rules.map(({ id, kind, zone, match, decides, prices }) => (
        <li key={id} style={decides ? { fontWeight: 600 } : {}}>
          {words(kind)} {match}
          {zone === undefined ? '' : ` in .${zone}`}:{' '}
          {prices.map(({ amount }) => moneyText(amount)).join(', ')}
          {decides ? ' (decides)' : ''}
        </li>
      ))}
    </Box>
  )
}
