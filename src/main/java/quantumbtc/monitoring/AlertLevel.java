package quantumbtc.monitoring;

/** How soon somebody must look. */
public enum AlertLevel { CRITICAL, WARNING, INFO }
