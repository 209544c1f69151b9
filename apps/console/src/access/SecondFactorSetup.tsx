import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
} from '@mui/material'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider, useNotify } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { NewSecondFactor, RecoveryCodes } from '../api/types.ts'
import { FormDialog } from '../parts/Form.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { CodeInput } from './inputs.tsx'
import { QrCode } from './QrCode.tsx'
import { useSession } from './session-context.ts'

type Values = { readonly code: string }

type SetupProps = {
  readonly onClose: () => void
  /** The label of the button that closes it before it is done. */
  readonly cancel?: string
}

/** Shows the key of a new authenticator, confirms it with a code, and shows the recovery codes once. */
export function SecondFactorSetup({ onClose, cancel }: SetupProps) {
  const api = useDataProvider<ConsoleDataProvider>()
  const session = useSession()
  const [codes, setCodes] = useState<readonly string[]>()
  // A new key for each time it is opened, and never a second one while it is open.
  const begun = useQuery<NewSecondFactor>({
    queryKey: ['second-factor-setup'],
    queryFn: () => api.post<NewSecondFactor>('me/second-factor'),
    enabled: ({ state }) => state.data === undefined,
    retry: false,
    gcTime: 0,
  })
  const confirm = useMutation<RecoveryCodes, Error, Values>({
    mutationFn: ({ code }) => api.post('me/second-factor/confirm', { code: code.replaceAll(/\s/g, '') }),
    onSuccess: ({ recovery_codes }) => setCodes(recovery_codes),
  })
  const finish = async () => {
    await session.reread()
    onClose()
  }
  if (codes !== undefined) return <RecoveryCodesDialog codes={codes} onClose={() => void finish()} />
  return (
    <FormDialog<Values>
      title="Set up a second factor"
      action="Confirm"
      initial={{ code: '' }}
      change={confirm}
      isReady={begun.data !== undefined}
      {...(cancel === undefined ? {} : { cancel })}
      onClose={onClose}
    >
      <Typography>
        Scan this code with an authenticator app, or type the key. Then enter the six digits that the app
        shows.
      </Typography>
      {begun.error === null ? null : (
        <ProblemAlert error={begun.error} onRetry={() => void begun.refetch()} />
      )}
      {begun.data === undefined ? (
        <Box sx={{ height: 200 }} />
      ) : (
        <Stack direction="row" sx={{ gap: 3, alignItems: 'center', flexWrap: 'wrap' }}>
          <QrCode text={begun.data.uri} label="QR code for an authenticator app" />
          <div>
            <Typography variant="caption" color="textSecondary" component="div">
              Key
            </Typography>
            <Box component="code" sx={{ fontSize: 14, lineHeight: 1.8, whiteSpace: 'pre-line' }}>
              {grouped(begun.data.key)}
            </Box>
            <Typography variant="caption" color="textSecondary" component="div" sx={{ mt: 1 }}>
              Time-based, 6 digits, 30 seconds
            </Typography>
          </div>
        </Stack>
      )}
      <CodeInput<Values> name="code" orRecoveryCode={false} />
    </FormDialog>
  )
}

/** Four characters at a time, four groups in a line: for typing. */
function grouped(key: string): string {
  const groups = key.match(/.{1,4}/g) ?? []
  return groups.map((group, index) => (index % 4 === 3 ? `${group}\n` : `${group} `)).join('')
}

/** Recovery codes, which nothing shows again. */
export function RecoveryCodesDialog({
  codes,
  onClose,
}: {
  readonly codes: readonly string[]
  readonly onClose: () => void
}) {
  const notify = useNotify()
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    notify('The recovery codes were copied.', { type: 'success' })
  }
  return (
    <Dialog open aria-label="Your recovery codes">
      <DialogTitle>Your recovery codes</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 2 }}>
          Each opens one session when your authenticator is not at hand. Store them where you keep passwords:
          they are not shown again.
        </Typography>
        <Box
          component="ol"
          aria-label="Recovery codes"
          sx={{ m: 0, pl: 3, columns: 2, columnGap: 4, '& li': { py: 0.25 } }}
        >
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void copy()}>Copy</Button>
        <Button variant="contained" onClick={onClose}>
          I have stored them
        </Button>
      </DialogActions>
    </Dialog>
  )
}
