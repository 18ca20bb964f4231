"""What can happen to invitations and requests to join, to verifications, and to suspensions."""
