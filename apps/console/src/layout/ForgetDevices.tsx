import DevicesIcon from '@mui/icons-material/DevicesOther'
import { ListItemIcon, ListItemText, MenuItem, type MenuItemProps, Typography } from '@mui/material'
import { useUserMenu } from 'react-admin'
import { useAction } from '../parts/hooks.ts'
import { SendDialog } from '../parts/SendDialog.tsx'

/** For the menu of who is signed in. The menu passes on what its keyboard needs. */
export function ForgetDevicesItem({ onChoose, ...props }: MenuItemProps & { readonly onChoose: () => void }) {
  const menu = useUserMenu()
  const choose = () => {
    menu?.onClose()
    onChoose()
  }
  return (
    <MenuItem {...props} onClick={choose}>
      <ListItemIcon>
        <DevicesIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Forget my devices</ListItemText>
    </MenuItem>
  )
}

/** All of one's own at once: nobody can tell them apart by what is kept of them. */
export function ForgetDevicesDialog({ onClose }: { readonly onClose: () => void }) {
  const forget = useAction<void, void>({
    send: (api) => api.remove('session/devices'),
    done: () => 'Your devices are forgotten.',
    onDone: onClose,
  })
  return (
    <SendDialog
      title="Forget my devices"
      action="Forget"
      tone="error"
      isSending={forget.isPending}
      error={forget.error}
      onSend={() => forget.mutate()}
      onClose={onClose}
    >
      <Typography>
        A browser in which you have signed in is known for 90 days: failed sign-ins elsewhere do not lock you
        out there. Forget all of yours, this one too, when one is lost or sold.
      </Typography>
      <Typography color="textSecondary">
        Open sessions stay open. A password reset by an administrator ends them.
      </Typography>
    </SendDialog>
  )
}
