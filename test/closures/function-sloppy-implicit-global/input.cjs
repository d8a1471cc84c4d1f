exports.default = () => {
  picloudImplicit = 5
  return picloudImplicit
}
