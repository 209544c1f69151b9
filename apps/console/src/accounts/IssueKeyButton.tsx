import { type Scope, scopes } from '@droplock/rules/accounts'
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  Stack,
  TextField,
  Typography,
} from '@mui/material'
import { useState } from 'react'
import { useController } from 'react-hook-form'
import type { AccountDetail, IssuedApiKey } from '../api/types.ts'
import { instantOfUtc } from '../format/time.ts'
import { FormDialog, TextInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { UtcInput } from '../schedules/UtcInput.tsx'

type Values = {
  readonly label: string
  readonly scopes: readonly Scope[]
  readonly addresses: string
  readonly expires: string
}

export function IssueKeyButton({ account }: { account: AccountDetail }) {
  const mayIssue = useMay('resellers:manage')
  const [isOpen, setOpen] = useState(false)
  const [issued, setIssued] = useState<IssuedApiKey>()
  if (!mayIssue || account.state === 'closed') return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Issue key
      </Button>
      {isOpen ? <IssueDialog account={account} onIssued={setIssued} onClose={() => setOpen(false)} /> : null}
      {issued === undefined ? null : <ShownOnce issued={issued} onClose={() => setIssued(undefined)} />}
    </>
  )
}

type IssueProps = {
  readonly account: AccountDetail
  readonly onIssued: (issued: IssuedApiKey) => void
  readonly onClose: () => void
}

function IssueDialog({ account, onIssued, onClose }: IssueProps) {
  const issue = useAction<Values, IssuedApiKey>({
    send: (api, values) => api.post(`accounts/${account.id}/api-keys`, termsOf(values)),
    done: () => 'The key is issued.',
    onDone: (issued) => {
      onClose()
      onIssued(issued)
    },
  })
  return (
    <FormDialog<Values>
      title={`Issue an API key to ${account.name}`}
      action="Issue"
      initial={{ label: '', scopes: [...scopes], addresses: '', expires: '' }}
      change={issue}
      onClose={onClose}
    >
      <TextInput<Values>
        name="label"
        label="Label"
        required
        autoFocus
        autoComplete="off"
        helperText="What it is for, such as: shop backend"
        slotProps={{ htmlInput: { maxLength: 100 } }}
      />
      <ScopesInput />
      <TextInput<Values>
        name="addresses"
        label="Accepted from"
        autoComplete="off"
        multiline
        helperText="Addresses or networks such as 192.0.2.0/24, one a line. Left empty: from anywhere."
      />
      <UtcInput<Values>
        name="expires"
        label="Expires"
        ifEmpty="Left empty: never. Use YYYY-MM-DD HH:MM:SS"
        onChange={() => undefined}
      />
    </FormDialog>
  )
}

function termsOf({ label, scopes: held, addresses, expires }: Values) {
  const networks = addresses.split(/[\s,]+/).filter((network) => network !== '')
  return {
    label,
    scopes: held,
    ...(networks.length > 0 && { allowed_addresses: networks }),
    ...(expires !== '' && { expires_at: instantOfUtc(expires) }),
  }
}

function ScopesInput() {
  const { field } = useController<Values, 'scopes'>({
    name: 'scopes',
    rules: { validate: (held) => held.length > 0 },
  })
  return (
    <TextField
      select
      label="Scopes"
      required
      name={field.name}
      value={field.value}
      inputRef={field.ref}
      onBlur={field.onBlur}
      onChange={({ target }) => field.onChange(scopes.filter((scope) => target.value.includes(scope)))}
      helperText="What it may do, with the data of this account alone."
      slotProps={{ select: { multiple: true } }}
    >
      {scopes.map((scope) => (
        <MenuItem key={scope} value={scope}>
          {scope}
        </MenuItem>
      ))}
    </TextField>
  )
}

function ShownOnce({ issued, onClose }: { issued: IssuedApiKey; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(issued.key)
    setCopied(true)
  }
  return (
    <Dialog open maxWidth="sm" fullWidth aria-label="New API key">
      <DialogTitle>New API key</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, pt: 1 }}>
          <Alert severity="warning">
            It is shown this once and stored nowhere. Copy it before you close.
          </Alert>
          <Typography
            component="code"
            aria-label="Key"
            sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere', userSelect: 'all' }}
          >
            {issued.key}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void copy()}>{isCopied ? 'Copied' : 'Copy'}</Button>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}
