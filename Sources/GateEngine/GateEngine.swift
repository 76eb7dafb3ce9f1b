// GateEngine
