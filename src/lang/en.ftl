error-denied = permission is missing: { $action }
