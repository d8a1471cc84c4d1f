const api = {
  a: () => api.b() + 1,
  b: () => api.c.d(),
  c: { d: () => 40 },
}
export default api.a
