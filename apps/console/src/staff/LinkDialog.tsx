import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  TextField,
  Typography,
} from '@mui/material'
import { useNotify } from 'react-admin'
import type { SentLink } from '../api/types.ts'
import { typedUtc } from '../format/time.ts'

/** The notification of what became of a link. */
export function sentText({ staff: { name, email }, delivery }: SentLink): string {
  if (delivery === 'mailed') return `The link was mailed to ${email}.`
  return delivery === 'shown' ? `The link for ${name} is ready.` : `The link could not be mailed to ${email}.`
}

/** A link that was not mailed: shown this once, or why the mail server did not take it. */
export function LinkDialog({ sent, onClose }: { readonly sent: SentLink; readonly onClose: () => void }) {
  const { staff, expires_at, delivery, answer } = sent
  const title = delivery === 'shown' ? `Link for ${staff.name}` : 'The mail was not sent'
  return (
    <Dialog open maxWidth="sm" fullWidth aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        {delivery === 'shown' ? (
          <Link sent={sent} />
        ) : (
          <>
            <Alert severity="warning" sx={{ mb: 2 }}>
              The mail server did not take the mail to {staff.email}: {answer}
            </Alert>
            <Typography>
              {staff.name} cannot sign in yet. Check the address and the mail server, then open the person and
              send another link.
            </Typography>
          </>
        )}
        {delivery === 'shown' ? (
          <Typography variant="caption" color="textSecondary" component="div" sx={{ mt: 1 }}>
            It works once, until {typedUtc(expires_at).slice(0, 16)} UTC.
          </Typography>
        ) : null}
      </DialogContent>
      <DialogActions>
        {delivery === 'shown' ? <CopyButton sent={sent} /> : null}
        <Button variant="contained" onClick={onClose}>
          {delivery === 'shown' ? 'I have handed it on' : 'Close'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

const urlOf = ({ path = '/' }: SentLink) => new URL(path, window.location.origin).href

function Link({ sent }: { readonly sent: SentLink }) {
  return (
    <>
      <Typography sx={{ mb: 2 }}>
        No mail server is configured, so hand this link to {sent.staff.name} yourself, by a way that nobody
        else reads. Who has it chooses the password. It is not shown again.
      </Typography>
      <TextField
        label="Link"
        value={urlOf(sent)}
        fullWidth
        multiline
        slotProps={{ input: { readOnly: true } }}
        onFocus={({ target }) => target.select()}
      />
    </>
  )
}

function CopyButton({ sent }: { readonly sent: SentLink }) {
  const notify = useNotify()
  const copy = async () => {
    await navigator.clipboard.writeText(urlOf(sent))
    notify('The link was copied.', { type: 'success' })
  }
  return (
    <Button color="inherit" onClick={() => void copy()}>
      Copy
    </Button>
  )
}
