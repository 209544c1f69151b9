import { Typography } from '@mui/material'
import { FormDialog, TextInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { useSession } from './session-context.ts'

type DialogProps = { readonly onClose: () => void }

/** The server requires as many (`packages/rules/src/staff.ts`). */
const PASSWORD_CHARACTERS_MIN = 12

type Passwords = { readonly password: string; readonly again: string }

export function PasswordDialog({ onClose }: DialogProps) {
  const session = useSession()
  const save = useAction<Passwords, void>({
    send: async (api, { password }) => {
      await api.post('me/password', { password })
      await session.reread()
    },
    done: () => 'Your password was changed. Your other sessions have ended.',
    onDone: onClose,
  })
  return (
    <FormDialog<Passwords>
      title="Change password"
      action="Change"
      maxWidth="xs"
      initial={{ password: '', again: '' }}
      change={save}
      onClose={onClose}
    >
      <NewPasswordInputs />
    </FormDialog>
  )
}

/** A new password, twice. */
export function NewPasswordInputs() {
  return (
    <>
      <TextInput<Passwords>
        name="password"
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        autoFocus
        deps={['again']}
        isValid={(text) => text.length >= PASSWORD_CHARACTERS_MIN}
        helperText={`At least ${PASSWORD_CHARACTERS_MIN} characters`}
      />
      <TextInput<Passwords>
        name="again"
        label="New password again"
        type="password"
        autoComplete="new-password"
        required
        isValid={(text, { password }) => text === password}
      />
    </>
  )
}

export function RemoveDialog({ isRequired, onClose }: DialogProps & { readonly isRequired: boolean }) {
  const session = useSession()
  const remove = useAction<object, void>({
    send: async (api) => {
      await api.remove('me/second-factor')
      await session.reread()
    },
    done: () => 'Your second factor was turned off.',
    onDone: onClose,
  })
  return (
    <FormDialog
      title="Turn off your second factor"
      action="Turn off"
      tone="error"
      initial={{}}
      change={remove}
      onClose={onClose}
    >
      <Typography>
        {isRequired
          ? 'Your roles require a second factor: until you set up another, you can do nothing else.'
          : 'Your password alone then opens your account. Your recovery codes are removed too.'}
      </Typography>
    </FormDialog>
  )
}

export function EndOthersDialog({ onClose }: DialogProps) {
  const end = useAction<object, void>({
    send: (api) => api.post('me/sessions/end-others'),
    done: () => 'Your other sessions have ended.',
    onDone: onClose,
  })
  return (
    <FormDialog
      title="End all other sessions"
      action="End them"
      tone="error"
      initial={{}}
      change={end}
      onClose={onClose}
    >
      <Typography>Your other browsers have to sign in again. This session stays open.</Typography>
    </FormDialog>
  )
}

export function ForgetAllDialog({ onClose }: DialogProps) {
  const forget = useAction<object, void>({
    send: (api) => api.remove('session/devices'),
    done: () => 'All your devices were forgotten.',
    onDone: onClose,
  })
  return (
    <FormDialog
      title="Forget my devices"
      action="Forget"
      tone="error"
      initial={{}}
      change={forget}
      onClose={onClose}
    >
      <Typography>
        Failed sign-ins elsewhere may then delay yours in every browser, this one included, until you sign in
        there again. Open sessions stay open.
      </Typography>
    </FormDialog>
  )
}
