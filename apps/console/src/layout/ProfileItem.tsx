import ManageAccountsIcon from '@mui/icons-material/ManageAccounts'
import { ListItemIcon, ListItemText, MenuItem, type MenuItemProps } from '@mui/material'
import { useUserMenu } from 'react-admin'
import { useNavigate } from 'react-router-dom'

/** An item of the user menu. The menu passes the props that its keyboard handling needs. */
export function ProfileItem(props: MenuItemProps) {
  const menu = useUserMenu()
  const navigate = useNavigate()
  const open = () => {
    menu?.onClose()
    void navigate('/profile')
  }
  return (
    <MenuItem {...props} onClick={open}>
      <ListItemIcon>
        <ManageAccountsIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Your profile</ListItemText>
    </MenuItem>
  )
}
