export const value = () => 'lib'
